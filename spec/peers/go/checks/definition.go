package checks

import (
	"context"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
)

// Definition defines a resource with a status in a group of its own, and gives what deletes it.
func Definition(ctx context.Context, config *rest.Config, group string) (schema.GroupVersionResource, func() error, error) {
	resource := schema.GroupVersionResource{Group: group, Version: "v1", Resource: "widgets"}
	clients, err := clientset.NewForConfig(config)
	if err != nil {
		return resource, nil, err
	}
	definitions := clients.ApiextensionsV1().CustomResourceDefinitions()
	preserve := true
	object := apiextensions.JSONSchemaProps{Type: "object", XPreserveUnknownFields: &preserve}
	definition := &apiextensions.CustomResourceDefinition{
		ObjectMeta: meta.ObjectMeta{Name: "widgets." + group},
		Spec: apiextensions.CustomResourceDefinitionSpec{
			Group: group,
			Scope: apiextensions.NamespaceScoped,
			Names: apiextensions.CustomResourceDefinitionNames{
				Plural: "widgets", Singular: "widget", Kind: "Widget", ListKind: "WidgetList", ShortNames: []string{"wd"},
			},
			Versions: []apiextensions.CustomResourceDefinitionVersion{{
				Name: "v1", Served: true, Storage: true,
				Subresources: &apiextensions.CustomResourceSubresources{Status: &apiextensions.CustomResourceSubresourceStatus{}},
				Schema: &apiextensions.CustomResourceValidation{OpenAPIV3Schema: &apiextensions.JSONSchemaProps{
					Type:       "object",
					Properties: map[string]apiextensions.JSONSchemaProps{"spec": object, "status": object},
				}},
			}},
		},
	}
	if _, err := definitions.Create(ctx, definition, meta.CreateOptions{}); err != nil {
		return resource, nil, err
	}
	remove := func() error { return definitions.Delete(ctx, definition.Name, meta.DeleteOptions{}) }
	err = Until(ctx, "Established", func() (bool, error) {
		now, err := definitions.Get(ctx, definition.Name, meta.GetOptions{})
		if err != nil {
			return false, err
		}
		for _, condition := range now.Status.Conditions {
			if condition.Type == apiextensions.Established && condition.Status == apiextensions.ConditionTrue {
				return true, nil
			}
		}
		return false, nil
	})
	return resource, remove, err
}
