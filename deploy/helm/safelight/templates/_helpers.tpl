{{/* What more than one template says. Kept to the few functions that scripts/chart/render.ts knows. Modes of files are decimal, as in JSON:
288 is 0440 and 292 is 0444. */}}
{{- define "safelight.selector" -}}
app.kubernetes.io/name: safelight
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "safelight.labels" -}}
{{ include "safelight.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- end }}

{{/* Of every pod of ours. .user is the user in its image. */}}
{{- define "safelight.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- range $name := . }}
  - name: {{ $name }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* Pods of a kind on machines, and in zones, of their own where there are enough. */}}
{{- define "safelight.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "safelight.selector" . | nindent 8 }}
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "safelight.selector" . | nindent 8 }}
{{- end }}

{{- define "safelight.strict" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{- define "safelight.image" -}}
image: {{ printf "%s@%s" .Values.image.repository .Values.image.digest }}
imagePullPolicy: IfNotPresent
{{- end }}

{{/* Settings without secrets. The secret ones are in a file that Node reads, as with Compose. */}}
{{- define "safelight.settings" -}}
- name: SAFELIGHT_MODE
  value: {{ .Values.mode }}
- name: SAFELIGHT_ORIGIN
  value: {{ .Values.origin | quote }}
- name: SAFELIGHT_PRIVATE_ORIGIN
  value: {{ .Values.privateOrigin | quote }}
- name: SAFELIGHT_EXIT_TO
  value: {{ .Values.exitTo | quote }}
- name: SAFELIGHT_COUNTRY
  value: {{ .Values.country | quote }}
- name: SAFELIGHT_LOG
  value: {{ .Values.log }}
- name: SAFELIGHT_TRUST_PROXY
  value: "true"
- name: SAFELIGHT_DRAIN_SECONDS
  value: {{ .Values.drainSeconds | quote }}
{{- if .Values.files.bucket }}
# The two keys of the store are lines of the secret “env”.
- name: SAFELIGHT_FILES
  value: {{ .Values.files.bucket }}
- name: SAFELIGHT_FILES_ENDPOINT
  value: {{ .Values.files.endpoint }}
- name: SAFELIGHT_FILES_REGION
  value: {{ .Values.files.region }}
{{- end }}
{{- if .Values.monitoring.enabled }}
# Every address of the pod. Only pods that the network policy names reach it.
- name: SAFELIGHT_METRICS
  value: 0.0.0.0:9464
{{- end }}
{{- end }}

{{- define "safelight.ports" -}}
ports:
  - name: http
    containerPort: 3000
  {{- if .Values.monitoring.enabled }}
  - name: metrics
    containerPort: 9464
  {{- end }}
{{- end }}

{{/* .ready is the address that decides whether the pod gets requests. A first start waits for the databases, so it has 12 minutes. */}}
{{- define "safelight.probes" -}}
startupProbe:
  httpGet: &livez
    path: /livez
    port: http
    httpHeaders:
      - name: Host
        value: localhost
  periodSeconds: 5
  timeoutSeconds: 10
  failureThreshold: 150
livenessProbe:
  httpGet: *livez
  periodSeconds: 30
  timeoutSeconds: 10
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: {{ .ready }}
    port: http
    httpHeaders:
      - name: Host
        value: localhost
  periodSeconds: 2
  timeoutSeconds: 3
  failureThreshold: 2
{{- end }}

{{/* What every container of ours mounts: its own secret, the authorities of both databases, room for temporary files. */}}
{{- define "safelight.mounts" -}}
- name: settings
  mountPath: /run/secrets/safelight
  readOnly: true
- name: authorities
  mountPath: /etc/safelight/authorities
  readOnly: true
- name: temporary
  mountPath: /tmp
{{- end }}

{{/* .secret is the name of the secret with the file “env”. */}}
{{- define "safelight.volumes" -}}
- name: settings
  secret:
    secretName: {{ .secret }}
    defaultMode: 288
- name: authorities
  projected:
    defaultMode: 292
    sources:
      - secret:
          name: {{ .root.Release.Name }}-main-ca
          items:
            - key: ca.crt
              path: main.crt
      - secret:
          name: {{ .root.Release.Name }}-safeguarding-ca
          items:
            - key: ca.crt
              path: safeguarding.crt
- name: temporary
  emptyDir:
    sizeLimit: 128Mi
{{- end }}

{{- define "safelight.keyMounts" -}}
- name: keys
  mountPath: /var/lib/safelight/keys
  readOnly: true
- name: key-halves
  mountPath: /var/lib/safelight/key-halves
{{- if .Values.files.claim }}
- name: files
  mountPath: /var/lib/safelight/files
{{- end }}
{{- end }}

{{- define "safelight.keyVolumes" -}}
- name: keys
  secret:
    secretName: {{ .Values.secrets.keys }}
    defaultMode: 288
- name: key-halves
  persistentVolumeClaim:
    claimName: {{ .Values.keyHalves.claim }}
{{- if .Values.files.claim }}
- name: files
  persistentVolumeClaim:
    claimName: {{ .Values.files.claim }}
{{- end }}
{{- end }}

{{- define "safelight.logKeyVolume" -}}
- name: log-keys
  secret:
    secretName: {{ .Values.secrets.logKeys }}
    defaultMode: 288
{{- end }}

{{/* A StatefulSet is not needed: nothing lasts in a pod. */}}
{{- define "safelight.rollout" -}}
strategy:
  type: RollingUpdate
  rollingUpdate:
    maxUnavailable: 0
    maxSurge: 1
revisionHistoryLimit: 3
{{- end }}

{{/* Of the processes that write messages and say how old the last backup is. The backups are encrypted. */}}
{{- define "safelight.outsideMounts" -}}
{{- if .Values.backup.enabled }}
- name: backups
  mountPath: /backups
  readOnly: true
{{- end }}
{{- if .Values.secrets.messages }}
- name: messages
  mountPath: /run/secrets/messages
  readOnly: true
{{- end }}
{{- end }}

{{- define "safelight.outsideVolumes" -}}
{{- if .Values.backup.enabled }}
- name: backups
  persistentVolumeClaim:
    claimName: {{ .Values.backup.claim }}
{{- end }}
{{- if .Values.secrets.messages }}
- name: messages
  secret:
    secretName: {{ .Values.secrets.messages }}
    defaultMode: 288
{{- end }}
{{- end }}

{{/* Of what works with the owner's login. */}}
{{- define "safelight.ownerContainer" -}}
env:
  {{- include "safelight.settings" . | nindent 2 }}
{{- include "safelight.strict" . | nindent 0 }}
resources:
  {{- toYaml .Values.manage.resources | nindent 2 }}
volumeMounts:
  # The command line expects a data folder of its own. Nothing that lasts is in it.
  - name: data
    mountPath: /var/lib/safelight
  {{- include "safelight.mounts" . | nindent 2 }}
  {{- include "safelight.keyMounts" . | nindent 2 }}
  - name: log-keys
    mountPath: /var/lib/safelight/log-keys
    readOnly: true
  - name: roles
    mountPath: /var/lib/safelight/server-roles.json
    subPath: server-roles.json
    readOnly: true
{{- end }}

{{- define "safelight.ownerVolumes" -}}
{{- include "safelight.volumes" (dict "root" . "secret" .Values.secrets.owner) }}
{{ include "safelight.keyVolumes" . }}
{{ include "safelight.logKeyVolume" . }}
{{ include "safelight.rolesVolume" . }}
- name: data
  emptyDir:
    sizeLimit: 16Mi
{{- end }}

{{/* The passwords of the login roles, which the owner gives them. */}}
{{- define "safelight.rolesVolume" -}}
- name: roles
  secret:
    secretName: {{ .Values.secrets.roles }}
    defaultMode: 288
{{- end }}

{{- define "safelight.backupContainer" -}}
{{- include "safelight.image" . }}
env:
  {{- include "safelight.settings" . | nindent 2 }}
{{- include "safelight.strict" . | nindent 0 }}
resources:
  {{- toYaml .Values.backup.resources | nindent 2 }}
volumeMounts:
  {{- include "safelight.mounts" . | nindent 2 }}
  - name: keys
    mountPath: /var/lib/safelight/keys
    readOnly: true
  - name: key-halves
    mountPath: /var/lib/safelight/key-halves
    readOnly: true
  {{- if .Values.files.claim }}
  - name: files
    mountPath: /var/lib/safelight/files
    readOnly: true
  {{- end }}
  - name: log-keys
    mountPath: /var/lib/safelight/log-keys
    readOnly: true
  - name: roles
    mountPath: /var/lib/safelight/server-roles.json
    subPath: server-roles.json
    readOnly: true
  - name: backups
    mountPath: /backups
  - name: key-copy
    mountPath: /key-copy
{{- end }}
