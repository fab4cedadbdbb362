// What controller-runtime does with a server.
package main

import (
	"context"
	"fmt"
	"io"

	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	applycore "k8s.io/client-go/applyconfigurations/core/v1"
	"k8s.io/client-go/rest"
	"kuberx/peers/checks"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

func main() {
	log.SetLogger(zap.New(zap.WriteTo(io.Discard)))
	checks.Main(map[string]checks.Check{
		"rest-mapper": checkRestMapper,
		"client":      checkClient,
		"cache":       checkCache,
		"manager":     checkManager,
	})
}

func configMap(namespace, name string) *core.ConfigMap {
	return &core.ConfigMap{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name}}
}

func checkRestMapper(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return err
	}
	mapper, err := apiutil.NewDynamicRESTMapper(config, client)
	if err != nil {
		return err
	}
	deployment, err := mapper.RESTMapping(schema.GroupKind{Group: "apps", Kind: "Deployment"}, "v1")
	if err != nil {
		return err
	}
	if _, err := mapper.RESTMapping(schema.GroupKind{Group: "nonsense.io", Kind: "No"}); !meta.IsNoMatchError(err) {
		return fmt.Errorf("a group that is none: %v", err)
	}
	widgets, remove, err := checks.Definition(ctx, config, namespace+".cr.example.io")
	if err != nil {
		return err
	}
	// It is lazy: a group is looked up when it is first asked for.
	err = checks.Until(ctx, "the mapper knows the definition", func() (bool, error) {
		_, err := mapper.RESTMapping(schema.GroupKind{Group: widgets.Group, Kind: "Widget"})
		return err == nil, nil
	})
	return checks.All(err, checks.Equal("resource", deployment.Resource.Resource, "deployments"), remove())
}

func checkClient(ctx context.Context, config *rest.Config, namespace string) error {
	objects, err := client.New(config, client.Options{})
	if err != nil {
		return err
	}
	object := configMap(namespace, "a")
	if err := objects.Create(ctx, object); err != nil {
		return err
	}
	before := object.DeepCopy()
	object.Data = map[string]string{"k": "v"}
	if err := objects.Patch(ctx, object, client.MergeFromWithOptions(before, client.MergeFromWithOptimisticLock{})); err != nil {
		return err
	}
	if err := objects.Patch(ctx, object, client.MergeFromWithOptions(before, client.MergeFromWithOptimisticLock{})); !apierrors.IsConflict(err) {
		return fmt.Errorf("a patch of an old version: %v", err)
	}
	applied := applycore.ConfigMap("a", namespace).WithData(map[string]string{"l": "w"})
	if err := objects.Apply(ctx, applied, client.FieldOwner("checks"), client.ForceOwnership); err != nil {
		return err
	}
	other := configMap(namespace, "b")
	done, err := controllerutil.CreateOrUpdate(ctx, objects, other, func() error {
		return controllerutil.SetControllerReference(object, other, objects.Scheme())
	})
	if err != nil {
		return err
	}
	if err := objects.Get(ctx, client.ObjectKeyFromObject(object), object); err != nil {
		return err
	}
	return checks.All(
		checks.Equal("create or update", done, controllerutil.OperationResultCreated),
		checks.Equal("data", fmt.Sprint(object.Data), "map[k:v l:w]"),
		objects.DeleteAllOf(ctx, &core.ConfigMap{}, client.InNamespace(namespace)),
	)
}

func checkCache(ctx context.Context, config *rest.Config, namespace string) error {
	objects, err := client.New(config, client.Options{})
	if err != nil {
		return err
	}
	if err := objects.Create(ctx, configMap(namespace, "before")); err != nil {
		return err
	}
	cached, err := cache.New(config, cache.Options{DefaultNamespaces: map[string]cache.Config{namespace: {}}})
	if err != nil {
		return err
	}
	err = cached.IndexField(ctx, &core.ConfigMap{}, "k", func(object client.Object) []string {
		return []string{object.(*core.ConfigMap).Data["k"]}
	})
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cached.Start(ctx) }()
	if !cached.WaitForCacheSync(ctx) {
		return fmt.Errorf("the cache did not sync: %v", <-ended)
	}
	if err := cached.Get(ctx, client.ObjectKey{Namespace: namespace, Name: "before"}, &core.ConfigMap{}); err != nil {
		return err
	}
	after := configMap(namespace, "after")
	after.Data = map[string]string{"k": "v"}
	if err := objects.Create(ctx, after); err != nil {
		return err
	}
	return checks.Until(ctx, "the cache has what was created", func() (bool, error) {
		list := &core.ConfigMapList{}
		err := cached.List(ctx, list, client.InNamespace(namespace), client.MatchingFields{"k": "v"})
		return len(list.Items) == 1, err
	})
}

const finalizer = "example.io/checks"

// reconciler gives each widget a finalizer, a ConfigMap and a status, and takes the finalizer away of those that go.
type reconciler struct {
	client.Client
	kind schema.GroupVersionKind
}

func (r *reconciler) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	widget := &unstructured.Unstructured{}
	widget.SetGroupVersionKind(r.kind)
	if err := r.Get(ctx, request.NamespacedName, widget); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	if !widget.GetDeletionTimestamp().IsZero() {
		controllerutil.RemoveFinalizer(widget, finalizer)
		return reconcile.Result{}, r.Update(ctx, widget)
	}
	if controllerutil.AddFinalizer(widget, finalizer) {
		return reconcile.Result{}, r.Update(ctx, widget)
	}
	child := configMap(widget.GetNamespace(), widget.GetName())
	_, err := controllerutil.CreateOrUpdate(ctx, r.Client, child, func() error {
		return controllerutil.SetControllerReference(widget, child, r.Scheme())
	})
	if err != nil {
		return reconcile.Result{}, err
	}
	if err := unstructured.SetNestedField(widget.Object, child.Name, "status", "child"); err != nil {
		return reconcile.Result{}, err
	}
	return reconcile.Result{}, r.Status().Update(ctx, widget)
}

func checkManager(ctx context.Context, config *rest.Config, namespace string) error {
	widgets, remove, err := checks.Definition(ctx, config, namespace+".manager.example.io")
	if err != nil {
		return err
	}
	kind := widgets.GroupVersion().WithKind("Widget")
	manager, err := ctrl.NewManager(config, ctrl.Options{
		LeaderElection: true, LeaderElectionID: "manager", LeaderElectionNamespace: namespace, LeaderElectionReleaseOnCancel: true,
		Metrics: server.Options{BindAddress: "0"},
		Cache:   cache.Options{DefaultNamespaces: map[string]cache.Config{namespace: {}}},
	})
	if err != nil {
		return err
	}
	widget := &unstructured.Unstructured{}
	widget.SetGroupVersionKind(kind)
	err = ctrl.NewControllerManagedBy(manager).For(widget.DeepCopy()).Owns(&core.ConfigMap{}).Named("widgets").
		Complete(&reconciler{manager.GetClient(), kind})
	if err != nil {
		return err
	}
	mine, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- manager.Start(mine) }()
	defer func() { stop(); <-ended }()

	objects, err := client.New(config, client.Options{})
	if err != nil {
		return err
	}
	widget.SetNamespace(namespace)
	widget.SetName("managed")
	key := client.ObjectKeyFromObject(widget)
	if err := objects.Create(ctx, widget); err != nil {
		return err
	}
	err = checks.Until(ctx, "the widget has a status", func() (bool, error) {
		err := objects.Get(ctx, key, widget)
		child, _, _ := unstructured.NestedString(widget.Object, "status", "child")
		return child == "managed", err
	})
	if err != nil {
		return err
	}
	child := &core.ConfigMap{}
	if err := objects.Get(ctx, key, child); err != nil {
		return err
	}
	if !metav1.IsControlledBy(child, widget) {
		return fmt.Errorf("the child has the owners %v", child.OwnerReferences)
	}
	if err := objects.Delete(ctx, widget); err != nil {
		return err
	}
	err = checks.Until(ctx, "the widget is gone", func() (bool, error) {
		err := objects.Get(ctx, key, widget)
		return apierrors.IsNotFound(err), client.IgnoreNotFound(err)
	})
	return checks.All(err, remove())
}
