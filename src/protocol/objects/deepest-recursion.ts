/**
 * Code that walks an object recurses through 400 levels at most and documents what it does below, or keeps a stack of its own. A
 * kube-apiserver takes 10,000 levels (`sigs.k8s.io/json`, maxNestingDepth), `JSON.parse` takes any number, and the call stack
 * ends somewhere in between. Kubernetes objects have about 20 levels, schemas of a CustomResourceDefinition about 50.
 */
export const deepestRecursion = 400;
