#!/usr/bin/env bash
# Builds the image of Safelight from this folder, in OCI format, so that the same commit gives the same digest.
#
#   deploy/image/build.sh [--without-registry] [--tag NAME] [--archive FILE]
#
#   --without-registry  makes the base from Debian's packages (needs mmdebstrap and root) in place of fetching it
#   --tag NAME          localhost/safelight:VERSION unless given
#   --archive FILE      also writes the image into a file, to be signed and carried to another machine
#
# Needs Node 18 or later and buildah, or docker with buildx. SOURCE_DATE_EPOCH is the time of the commit unless it is set.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -nE 's/^  "version": "([^"]+)",$/\1/p' package.json)
tag=localhost/safelight:$version
archive=''
registry=yes
while [ $# -gt 0 ]; do
  case $1 in
    --without-registry) registry=no ;;
    --tag) tag=$2 && shift ;;
    --archive) archive=$2 && shift ;;
    *) sed -nE '2,/^set/s/^# ?//p' "$0" >&2 && exit 2 ;;
  esac
  shift
done
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
base=docker.io/library/debian:trixie-slim

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $(uname -m) in
  x86_64) machine=x64 ;;
  aarch64) machine=arm64 ;;
  *) echo "There is no image for $(uname -m): build on x86-64 or arm64." >&2 && exit 1 ;;
esac

# What goes into the image and nothing else. Native code of other systems stays out.
collect() {
  node scripts/run.cjs build
  cp -R dist "$work/app"
  find "$work/app/sodium" -name '*.node' ! -name "linux-$machine.node" -delete
  rm -rf "$work/app/.compiled"
  cp "node_modules/node-linux-$machine/bin/node" "$work/node"
  cp "node_modules/node-linux-$machine/LICENSE" "$work/node.LICENSE"
  cp deploy/image/fill-compile-cache.sh "$work/"
  find "$work/app" -type d -exec chmod 755 {} +
  find "$work/app" -type f -exec chmod 644 {} +
  chmod 644 "$work/node.LICENSE"
  chmod 755 "$work/node"
}

# The same name as in a registry, so that one Containerfile serves both.
base_from_packages() {
  local container
  if buildah inspect --type image "$base" >/dev/null 2>&1; then return; fi
  mmdebstrap --quiet --variant=minbase --dpkgopt=force-unsafe-io trixie "$work/base.tar"
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$work/base.tar" / >/dev/null
  buildah commit --quiet --rm --timestamp "$SOURCE_DATE_EPOCH" "$container" "$base" >/dev/null
  rm "$work/base.tar"
}

with_buildah() {
  local pull=missing
  if [ "$registry" = no ]; then
    base_from_packages
    pull=never
  fi
  # The limits of this shell: buildah's own are higher than some build machines may set.
  buildah build --quiet --format=oci --timestamp "$SOURCE_DATE_EPOCH" --pull="$pull" --layers=false --build-arg BASE="$base" \
    --ulimit "nofile=$(ulimit -Hn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Hu):$(ulimit -Hu)" \
    --label "org.opencontainers.image.title=Safelight" --label "org.opencontainers.image.licenses=MIT" \
    --label "org.opencontainers.image.version=$version" --label "org.opencontainers.image.revision=$commit" \
    --file deploy/image/Containerfile --tag "$tag" "$work" >/dev/null
  if [ -n "$archive" ]; then
    rm -f "$archive"
    buildah push --quiet "$tag" "oci-archive:$archive:$version"
  fi
  echo "Built $tag, $(buildah inspect --type image --format '{{.FromImageDigest}}' "$tag")"
}

# Docker's own format is not reproducible; its OCI output is, from BuildKit 0.13 on.
with_docker() {
  local into=${archive:-$work/image.tar}
  if [ "$registry" = no ]; then echo 'Without a registry the image is built by buildah: install it.' >&2 && exit 1; fi
  docker buildx build --file deploy/image/Containerfile --build-arg BASE="$base" \
    --build-arg SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" --provenance=false \
    --label "org.opencontainers.image.title=Safelight" --label "org.opencontainers.image.licenses=MIT" \
    --label "org.opencontainers.image.version=$version" --label "org.opencontainers.image.revision=$commit" \
    --output "type=oci,dest=$into,rewrite-timestamp=true,name=$tag" "$work"
  docker load --input "$into"
}

collect
if command -v buildah >/dev/null; then with_buildah; else with_docker; fi
