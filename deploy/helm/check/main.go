// Renders the chart with Go's own templates and the functions of sprig, which Helm is built on. check.sh compares what it prints with
// what scripts/chart/render.ts prints. It knows no rule of Helm's own: no hooks, no dependencies.
//
//	main CHART VALUES    the manifests, as YAML, after each was read strictly into the types of Kubernetes
//	main decode FILE     reads manifests strictly and prints nothing
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	strict "sigs.k8s.io/yaml"
)

// What a manifest of each kind may hold, by Kubernetes itself. Kinds of other makers are not here.
var kinds = map[string]func() interface{}{
	"apps/v1 Deployment":                 func() interface{} { return &apps.Deployment{} },
	"batch/v1 CronJob":                   func() interface{} { return &batch.CronJob{} },
	"batch/v1 Job":                       func() interface{} { return &batch.Job{} },
	"networking.k8s.io/v1 NetworkPolicy": func() interface{} { return &networking.NetworkPolicy{} },
	"policy/v1 PodDisruptionBudget":      func() interface{} { return &policy.PodDisruptionBudget{} },
	"v1 ConfigMap":                       func() interface{} { return &core.ConfigMap{} },
	"v1 Secret":                          func() interface{} { return &core.Secret{} },
	"v1 Service":                         func() interface{} { return &core.Service{} },
}

type values = map[string]interface{}

type files struct{ chart string }

// Get is what templates call as .Files.Get.
func (from files) Get(name string) string {
	text, err := os.ReadFile(filepath.Join(from.chart, name))
	stop(err)
	return string(text)
}

func stop(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(path string) values {
	text, err := os.ReadFile(path)
	stop(err)
	read := values{}
	stop(yaml.Unmarshal(text, &read))
	return read
}

func merge(under, over values) values {
	for key, value := range over {
		below, isMap := under[key].(values)
		above, alsoMap := value.(values)
		if isMap && alsoMap {
			value = merge(below, above)
		}
		under[key] = value
	}
	return under
}

// decode refuses a manifest with a key or a type that Kubernetes does not know.
func decode(manifest string) {
	var about struct{ APIVersion, Kind string }
	stop(strict.Unmarshal([]byte(manifest), &about))
	make, known := kinds[about.APIVersion+" "+about.Kind]
	if !known {
		return
	}
	if err := strict.UnmarshalStrict([]byte(manifest), make()); err != nil {
		stop(fmt.Errorf("%s: %w\n%s", about.Kind, err, manifest))
	}
}

func main() {
	if os.Args[1] == "decode" {
		text, err := os.ReadFile(os.Args[2])
		stop(err)
		for _, manifest := range strings.Split("\n"+string(text), "\n---\n") {
			decode(manifest)
		}
		return
	}
	chart := os.Args[1]
	about := read(filepath.Join(chart, "Chart.yaml"))
	context := values{
		"Values":  merge(read(filepath.Join(chart, "values.yaml")), read(os.Args[2])),
		"Release": values{"Name": "safelight", "Namespace": "partnership", "Revision": 3},
		"Chart":   values{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
		"Files":   files{chart},
	}
	all := template.New("chart").Option("missingkey=error").Funcs(sprig.TxtFuncMap())
	all.Funcs(template.FuncMap{
		"include": func(name string, with interface{}) (string, error) {
			var printed bytes.Buffer
			err := all.ExecuteTemplate(&printed, name, with)
			return printed.String(), err
		},
		"toYaml": func(value interface{}) (string, error) {
			text, err := yaml.Marshal(value)
			return strings.TrimSuffix(string(text), "\n"), err
		},
	})
	paths, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	stop(err)
	sort.Strings(paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		stop(err)
		template.Must(all.New(filepath.Base(path)).Parse(string(text)))
	}
	for _, path := range paths {
		if strings.HasPrefix(filepath.Base(path), "_") {
			continue
		}
		var printed bytes.Buffer
		stop(all.ExecuteTemplate(&printed, filepath.Base(path), context))
		for _, manifest := range strings.Split("\n"+printed.String(), "\n---\n") {
			decode(manifest)
		}
		fmt.Println("---")
		fmt.Println(printed.String())
	}
}
