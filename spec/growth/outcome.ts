/** What is to be done, with the error as its result where it throws. */
export function outcome(run: () => unknown): () => unknown {
  return () => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };
}
