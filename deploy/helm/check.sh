#!/usr/bin/env bash
# Checks the chart with more than the tests have: Go's own templates, and the types of Kubernetes itself, both from Debian's packages.
# It asks no network once these are there. About a minute on two idle processors.
#
#   apt-get install --no-install-recommends golang-go golang-github-masterminds-sprig-dev golang-gopkg-yaml.v3-dev golang-k8s-api-dev golang-k8s-sigs-yaml-dev
#   deploy/helm/check.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS='' GOTOOLCHAIN=local go build -o "$work/render" deploy/helm/check/main.go
# The pinned Node, which reads TypeScript: npm ci installs it.
nodes=(node_modules/node-linux-*/bin/node)
"${nodes[0]}" scripts/chart/check.ts "$work/render"
