/**
 * What walks an object keeps a stack of its own, or recurses through so many levels at most and says what it answers below: a
 * kube-apiserver takes 10,000 levels (`sigs.k8s.io/json`, maxNestingDepth), `JSON.parse` any number, and the stack of a process
 * ends somewhere in between. Kubernetes objects have some 20, schemas of a CustomResourceDefinition some 50.
 */
export const deepestRecursion = 400;
