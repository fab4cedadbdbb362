/** One event of a watch, as it came. */
export interface WatchEvent {
  readonly type: string;
  readonly object: {
    readonly kind: string;
    readonly code?: number;
    readonly metadata: {
      readonly name?: string;
      readonly resourceVersion?: string;
      readonly labels?: Record<string, string>;
      readonly annotations?: Record<string, string>;
    };
  };
}

/** A watch over HTTP, read line by line. */
export class OpenWatch {
  readonly response: Response;
  readonly #abort: AbortController;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';

  constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    this.#chunks = (response.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  }

  /** The next line without its end; `undefined` at a clean end. Rejects where the connection breaks. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return line;
      }
      const chunk = await this.#chunks.next();
      if (chunk.done === true) {
        const rest = this.#text;
        this.#text = '';
        return rest === '' ? undefined : rest;
      }
      this.#text += this.#decoder.decode(chunk.value, { stream: true });
    }
  }

  async event(): Promise<WatchEvent> {
    const line = await this.line();
    if (line === undefined) throw new Error('the stream has ended');
    return JSON.parse(line) as WatchEvent;
  }

  /** So many events in short: type, name or `-`, version. */
  async inShort(count: number): Promise<string[]> {
    const seen: string[] = [];
    while (seen.length < count) {
      const { type, object } = await this.event();
      seen.push(`${type} ${object.metadata.name ?? '-'} ${object.metadata.resourceVersion ?? '-'}`);
    }
    return seen;
  }

  close(): void {
    this.#abort.abort();
  }
}

/** Opens a watch; resolves when its headers are in. */
export async function openWatch(url: string, headers: Record<string, string> = {}): Promise<OpenWatch> {
  const abort = new AbortController();
  return new OpenWatch(await fetch(url, { headers, signal: abort.signal }), abort);
}
