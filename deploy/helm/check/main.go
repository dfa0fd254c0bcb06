// Renders the chart with Go's own templates and the functions of sprig, which Helm is built on. check.sh compares what it prints with
// what scripts/chart/render.ts prints. It knows no rule of Helm's own: no hooks, no dependencies.
//
//	main CHART VALUES    the manifests, as YAML
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
)

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

func main() {
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
		fmt.Println("---")
		stop(all.ExecuteTemplate(os.Stdout, filepath.Base(path), context))
		fmt.Println()
	}
}
