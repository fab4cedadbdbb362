// What client-go does with a server: each check is one that controllers and command lines are made of.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v1"
	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
	applycore "k8s.io/client-go/applyconfigurations/core/v1"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/scale"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/tools/pager"
	"k8s.io/client-go/tools/record"
	watchtools "k8s.io/client-go/tools/watch"
	"k8s.io/client-go/util/retry"
	"kuberx/peers/checks"
)

func main() {
	checks.Main(map[string]checks.Check{
		"discovery":         checkDiscovery,
		"rest-mapper":       checkRestMapper,
		"crd-clientset":     checkDefinition,
		"typed-client":      checkTyped,
		"typed-apply":       checkApply,
		"typed-informer":    checkTypedInformer,
		"dynamic-informer":  checkDynamicInformer,
		"metadata-informer": checkMetadataInformer,
		"pager":             checkPager,
		"until":             checkUntil,
		"scale-client":      checkScale,
		"leader-election":   checkLeader,
		"event-recorder":    checkRecorder,
		"delete-collection": checkDeleteCollection,
	})
}

func configMap(name string, data map[string]string) *core.ConfigMap {
	return &core.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: name}, Data: data}
}

func checkDiscovery(_ context.Context, config *rest.Config, _ string) error {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return err
	}
	version, err := client.ServerVersion()
	if err != nil {
		return err
	}
	_, resources, err := client.ServerGroupsAndResources()
	if err != nil {
		return err
	}
	preferred, err := client.ServerPreferredResources()
	if err != nil {
		return err
	}
	legacy, err := client.WithLegacy().ServerResourcesForGroupVersion("apps/v1")
	if err != nil {
		return err
	}
	deployments := func(lists []*metav1.APIResourceList) string {
		for _, list := range lists {
			for _, resource := range list.APIResources {
				if list.GroupVersion == "apps/v1" && resource.Name == "deployments" {
					return fmt.Sprint(resource.Kind, resource.Namespaced, resource.ShortNames, resource.Categories, len(resource.Verbs))
				}
			}
		}
		return "none"
	}
	const want = "Deploymenttrue [deploy] [all] 8"
	return checks.All(
		checks.Equal("major version", version.Major, "1"),
		checks.Equal("aggregated", deployments(resources), want),
		checks.Equal("preferred", deployments(preferred), want),
		checks.Equal("legacy", deployments([]*metav1.APIResourceList{legacy}), want),
	)
}

func checkRestMapper(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(client))
	expander := restmapper.NewShortcutExpander(mapper, client, nil)
	deployment, err := mapper.RESTMapping(schema.GroupKind{Group: "apps", Kind: "Deployment"})
	if err != nil {
		return err
	}
	node, err := mapper.RESTMapping(schema.GroupKind{Kind: "Node"}, "v1")
	if err != nil {
		return err
	}
	short, err := expander.ResourceFor(schema.GroupVersionResource{Resource: "hpa"})
	if err != nil {
		return err
	}
	if _, err := mapper.KindFor(schema.GroupVersionResource{Resource: "nonsense"}); !meta.IsNoMatchError(err) {
		return fmt.Errorf("a resource that is none: %v", err)
	}
	widgets, remove, err := checks.Definition(ctx, config, namespace+".mapper.example.io")
	if err != nil {
		return err
	}
	// It is deferred: a kind that it does not know makes it look again.
	var kind schema.GroupVersionKind
	err = checks.Until(ctx, "the mapper knows the definition", func() (bool, error) {
		mapper.Reset()
		kind, err = mapper.KindFor(widgets)
		return err == nil, nil
	})
	return checks.All(
		err,
		checks.Equal("resource of Deployment", deployment.Resource.String(), "apps/v1, Resource=deployments"),
		checks.Equal("scope of Deployment", deployment.Scope.Name(), meta.RESTScopeNameNamespace),
		checks.Equal("scope of Node", node.Scope.Name(), meta.RESTScopeNameRoot),
		checks.Equal("short name", short.String(), "autoscaling/v2, Resource=horizontalpodautoscalers"),
		checks.Equal("kind of the definition", kind.Kind, "Widget"),
		remove(),
	)
}

func checkDefinition(ctx context.Context, config *rest.Config, namespace string) error {
	widgets, remove, err := checks.Definition(ctx, config, namespace+".crd.example.io")
	if err != nil {
		return err
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	objects := client.Resource(widgets).Namespace(namespace)
	widget := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": widgets.GroupVersion().String(), "kind": "Widget",
		"metadata": map[string]any{"name": "a"},
		"spec":     map[string]any{"size": int64(1)},
		"status":   map[string]any{"ready": true},
	}}
	var created *unstructured.Unstructured
	// A server says that a definition is established shortly before it serves it.
	err = checks.Until(ctx, "the definition is served", func() (bool, error) {
		created, err = objects.Create(ctx, widget, metav1.CreateOptions{})
		if apierrors.IsNotFound(err) || apierrors.IsTooManyRequests(err) {
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return err
	}
	_, hasStatus := created.Object["status"]
	created.Object["status"] = map[string]any{"ready": true}
	updated, err := objects.UpdateStatus(ctx, created, metav1.UpdateOptions{})
	if err != nil {
		return err
	}
	ready, _, _ := unstructured.NestedBool(updated.Object, "status", "ready")
	patched, err := objects.Patch(ctx, "a", types.MergePatchType, []byte(`{"spec":{"size":2}}`), metav1.PatchOptions{})
	if err != nil {
		return err
	}
	_, stale := objects.Update(ctx, created, metav1.UpdateOptions{})
	if !apierrors.IsConflict(stale) {
		return fmt.Errorf("an update of an old version: %v", stale)
	}
	list, err := objects.List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	err = checks.All(
		checks.Equal("status of a creation", hasStatus, false),
		checks.Equal("status", ready, true),
		checks.Equal("generation", patched.GetGeneration(), 2),
		checks.Equal("kind of the list", list.GetKind(), "WidgetList"),
		checks.Equal("objects", len(list.Items), 1),
		remove(),
	)
	if err != nil {
		return err
	}
	return checks.Until(ctx, "the definition is served no more", func() (bool, error) {
		_, err := objects.List(ctx, metav1.ListOptions{})
		return apierrors.IsNotFound(err), nil
	})
}

func checkTyped(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	maps := client.CoreV1().ConfigMaps(namespace)
	created, err := maps.Create(ctx, configMap("a", map[string]string{"k": "1"}), metav1.CreateOptions{})
	if err != nil {
		return err
	}
	if _, err := maps.Create(ctx, configMap("a", nil), metav1.CreateOptions{}); !apierrors.IsAlreadyExists(err) {
		return fmt.Errorf("a second creation: %v", err)
	}
	if _, err := maps.Get(ctx, "b", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
		return fmt.Errorf("a read of nothing: %v", err)
	}
	if _, err := maps.Create(ctx, configMap("A", nil), metav1.CreateOptions{}); !apierrors.IsInvalid(err) {
		return fmt.Errorf("a name that is none: %v", err)
	}
	patch := []byte(`{"data":{"k":null,"l":"2"},"metadata":{"labels":{"x":"y"}}}`)
	if _, err = maps.Patch(ctx, "a", types.StrategicMergePatchType, patch, metav1.PatchOptions{}); err != nil {
		return err
	}
	created.Data["k"] = "3"
	if _, err := maps.Update(ctx, created, metav1.UpdateOptions{}); !apierrors.IsConflict(err) {
		return fmt.Errorf("an update of an old version: %v", err)
	}
	err = retry.RetryOnConflict(retry.DefaultRetry, func() error {
		now, err := maps.Get(ctx, "a", metav1.GetOptions{})
		if err != nil {
			return err
		}
		now.Data["m"] = "4"
		_, err = maps.Update(ctx, now, metav1.UpdateOptions{})
		return err
	})
	if err != nil {
		return err
	}
	list, err := maps.List(ctx, metav1.ListOptions{LabelSelector: "x=y"})
	if err != nil {
		return err
	}
	uid := types.UID("another")
	err = maps.Delete(ctx, "a", metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &uid}})
	if !apierrors.IsConflict(err) {
		return fmt.Errorf("a deletion of another object: %v", err)
	}
	return checks.All(
		checks.Equal("objects", len(list.Items), 1),
		checks.Equal("data", fmt.Sprint(list.Items[0].Data), "map[l:2 m:4]"),
		maps.Delete(ctx, "a", metav1.DeleteOptions{}),
	)
}

func checkApply(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	maps := client.CoreV1().ConfigMaps(namespace)
	applied := func(value string) *applycore.ConfigMapApplyConfiguration {
		return applycore.ConfigMap("applied", namespace).WithData(map[string]string{"k": value})
	}
	if _, err := maps.Apply(ctx, applied("1"), metav1.ApplyOptions{FieldManager: "one"}); err != nil {
		return err
	}
	_, err = maps.Apply(ctx, applied("2"), metav1.ApplyOptions{FieldManager: "two"})
	if !apierrors.IsConflict(err) || !apierrors.HasStatusCause(err, metav1.CauseTypeFieldManagerConflict) {
		return fmt.Errorf("a field of another: %v", err)
	}
	forced, err := maps.Apply(ctx, applied("2"), metav1.ApplyOptions{FieldManager: "two", Force: true})
	if err != nil {
		return err
	}
	owned, err := applycore.ExtractConfigMap(forced, "two")
	if err != nil {
		return err
	}
	none := applycore.ConfigMap("applied", namespace)
	taken, err := maps.Apply(ctx, none, metav1.ApplyOptions{FieldManager: "two"})
	if err != nil {
		return err
	}
	return checks.All(
		checks.Equal("data of the owner", fmt.Sprint(owned.Data), "map[k:2]"),
		checks.Equal("data that nobody wants", len(taken.Data), 0),
	)
}

// follows fails unless an informer tells of an addition, an update and a deletion.
func follows(ctx context.Context, config *rest.Config, namespace string, informer cache.SharedIndexInformer, start func(<-chan struct{})) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	maps := client.CoreV1().ConfigMaps(namespace)
	if _, err := maps.Create(ctx, configMap("before", nil), metav1.CreateOptions{}); err != nil {
		return err
	}
	seen := make(chan string, 100)
	tell := func(what string, object any) {
		if accessor, err := meta.Accessor(object); err == nil {
			seen <- what + " " + accessor.GetName()
		}
	}
	_, err = informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { tell("added", object) },
		UpdateFunc: func(_, object any) { tell("updated", object) },
		DeleteFunc: func(object any) { tell("deleted", object) },
	})
	if err != nil {
		return err
	}
	start(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
		return errors.New("the informer did not sync")
	}
	if _, err := maps.Create(ctx, configMap("after", nil), metav1.CreateOptions{}); err != nil {
		return err
	}
	if _, err := maps.Update(ctx, configMap("after", map[string]string{"k": "v"}), metav1.UpdateOptions{}); err != nil {
		return err
	}
	if err := maps.Delete(ctx, "after", metav1.DeleteOptions{}); err != nil {
		return err
	}
	for _, want := range []string{"added before", "added after", "updated after", "deleted after"} {
		for found := false; !found; {
			select {
			// Namespaces have objects that nobody here made.
			case what := <-seen:
				found = what == want
			case <-ctx.Done():
				return fmt.Errorf("never seen: %s", want)
			}
		}
	}
	return nil
}

func checkTypedInformer(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithNamespace(namespace))
	return follows(ctx, config, namespace, factory.Core().V1().ConfigMaps().Informer(), factory.Start)
}

var configMaps = schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}

func checkDynamicInformer(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(client, 0, namespace, nil)
	return follows(ctx, config, namespace, factory.ForResource(configMaps).Informer(), factory.Start)
}

func checkMetadataInformer(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := metadatainformer.NewFilteredSharedInformerFactory(client, 0, namespace, nil)
	return follows(ctx, config, namespace, factory.ForResource(configMaps).Informer(), factory.Start)
}

func checkPager(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	maps := client.CoreV1().ConfigMaps(namespace)
	for i := range 23 {
		if _, err := maps.Create(ctx, configMap(fmt.Sprintf("page-%d", i), nil), metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	pages := 0
	list := pager.New(func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
		pages++
		return maps.List(ctx, options)
	})
	list.PageSize = 5
	names := map[string]bool{}
	err = list.EachListItem(ctx, metav1.ListOptions{}, func(object runtime.Object) error {
		names[object.(*core.ConfigMap).Name] = true
		return nil
	})
	if err != nil {
		return err
	}
	if len(names) < 23 || pages < 5 {
		return fmt.Errorf("%d objects in %d pages", len(names), pages)
	}
	return nil
}

func checkUntil(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	maps := client.CoreV1().ConfigMaps(namespace)
	go func() {
		time.Sleep(100 * time.Millisecond)
		_, _ = maps.Create(ctx, configMap("awaited", map[string]string{"k": "v"}), metav1.CreateOptions{})
	}()
	source := cache.NewFilteredListWatchFromClient(client.CoreV1().RESTClient(), "configmaps", namespace, func(options *metav1.ListOptions) {
		options.FieldSelector = "metadata.name=awaited"
	})
	_, err = watchtools.UntilWithSync(ctx, source, &core.ConfigMap{}, nil, func(event watch.Event) (bool, error) {
		return event.Object.(*core.ConfigMap).Data["k"] == "v", nil
	})
	return err
}

func checkScale(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	labels := map[string]string{"app": "a"}
	replicas := int32(1)
	deployment := &apps.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: "scaled"},
		Spec: apps.DeploymentSpec{
			Replicas: &replicas,
			Selector: &metav1.LabelSelector{MatchLabels: labels},
			Template: core.PodTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: labels},
				Spec:       core.PodSpec{Containers: []core.Container{{Name: "c", Image: "i"}}},
			},
		},
	}
	if _, err := client.AppsV1().Deployments(namespace).Create(ctx, deployment, metav1.CreateOptions{}); err != nil {
		return err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(client.Discovery()))
	scales, err := scale.NewForConfig(config, mapper, dynamic.LegacyAPIPathResolverFunc, scale.NewDiscoveryScaleKindResolver(client.Discovery()))
	if err != nil {
		return err
	}
	deployments := schema.GroupResource{Group: "apps", Resource: "deployments"}
	now, err := scales.Scales(namespace).Get(ctx, deployments, "scaled", metav1.GetOptions{})
	if err != nil {
		return err
	}
	selector := now.Status.Selector
	now.Spec.Replicas = 3
	if _, err := scales.Scales(namespace).Update(ctx, deployments, now, metav1.UpdateOptions{}); err != nil {
		return err
	}
	typed, err := client.AppsV1().Deployments(namespace).UpdateScale(ctx, "scaled", &autoscaling.Scale{
		ObjectMeta: metav1.ObjectMeta{Name: "scaled", Namespace: namespace}, Spec: autoscaling.ScaleSpec{Replicas: 4},
	}, metav1.UpdateOptions{})
	if err != nil {
		return err
	}
	after, err := client.AppsV1().Deployments(namespace).Get(ctx, "scaled", metav1.GetOptions{})
	if err != nil {
		return err
	}
	return checks.All(
		checks.Equal("selector", selector, "app=a"),
		checks.Equal("replicas of the scale", typed.Spec.Replicas, 4),
		checks.Equal("replicas", *after.Spec.Replicas, 4),
		checks.Equal("generation", after.Generation, 3),
	)
}

func checkLeader(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	// One after the other: the second is the leader when the first has given it back.
	for _, name := range []string{"one", "two"} {
		lock, err := resourcelock.New(resourcelock.LeasesResourceLock, namespace, "leader", client.CoreV1(),
			client.CoordinationV1(), resourcelock.ResourceLockConfig{Identity: name})
		if err != nil {
			return err
		}
		leading := false
		mine, resign := context.WithCancel(ctx)
		leaderelection.RunOrDie(mine, leaderelection.LeaderElectionConfig{
			Lock: lock, ReleaseOnCancel: true, LeaseDuration: 3 * time.Second, RenewDeadline: 2 * time.Second, RetryPeriod: 200 * time.Millisecond,
			Callbacks: leaderelection.LeaderCallbacks{
				OnStartedLeading: func(context.Context) { leading = true; resign() },
				OnStoppedLeading: func() {},
			},
		})
		resign()
		if err := checks.Equal(name+" leads", leading, true); err != nil {
			return err
		}
	}
	lease, err := client.CoordinationV1().Leases(namespace).Get(ctx, "leader", metav1.GetOptions{})
	if err != nil {
		return err
	}
	return checks.Equal("transitions", *lease.Spec.LeaseTransitions, 1)
}

func checkRecorder(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	object, err := client.CoreV1().ConfigMaps(namespace).Create(ctx, configMap("told", nil), metav1.CreateOptions{})
	if err != nil {
		return err
	}
	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	defer broadcaster.Shutdown()
	broadcaster.StartRecordingToSink(typedSink(client, namespace))
	recorder := broadcaster.NewRecorder(scheme.Scheme, core.EventSource{Component: "checks"})
	recorder.Event(object, core.EventTypeNormal, "Told", "the same")
	return checks.Until(ctx, "the events are one that counts", func() (bool, error) {
		list, err := client.CoreV1().Events(namespace).List(ctx, metav1.ListOptions{FieldSelector: "involvedObject.name=told"})
		if err != nil || len(list.Items) != 1 {
			return false, err
		}
		if list.Items[0].Count == 1 {
			recorder.Event(object, core.EventTypeNormal, "Told", "the same")
		}
		return list.Items[0].Count > 1, nil
	})
}

func checkDeleteCollection(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	maps := client.CoreV1().ConfigMaps(namespace)
	for _, name := range []string{"gone-1", "gone-2", "stays"} {
		object := configMap(name, nil)
		if name != "stays" {
			object.Labels = map[string]string{"gone": "yes"}
		}
		if _, err := maps.Create(ctx, object, metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	if err := maps.DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "gone"}); err != nil {
		return err
	}
	left, err := maps.List(ctx, metav1.ListOptions{LabelSelector: "gone"})
	if err != nil {
		return err
	}
	_, err = maps.Get(ctx, "stays", metav1.GetOptions{})
	return checks.All(checks.Equal("objects left", len(left.Items), 0), err)
}
