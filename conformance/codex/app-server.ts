import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Home } from './home.js';
import type { CodexProcess } from './process.js';

const message = z.object({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
type Message = z.infer<typeof message>;

const threadAnswer = z.object({ thread: z.object({ id: z.string() }) });
const turnAnswer = z.object({ turn: z.object({ id: z.string() }) });

type Params = Readonly<Record<string, unknown>>;

/** A turn that goes on. */
export interface RunningTurn {
  readonly id: string;
  /** Resolves at its end, however it ends. */
  readonly ended: Promise<void>;
}

/** `codex app-server`: JSON-RPC over stdin and stdout, a message a line. */
export class AppServer {
  readonly #process: CodexProcess;
  readonly #home: Home;
  readonly #answers = new Map<number, (answer: Message) => void>();
  readonly #listeners = new Set<(notice: Message) => void>();
  #requests = 0;

  private constructor(process: CodexProcess, home: Home) {
    this.#process = process;
    this.#home = home;
    createInterface(process.child.stdout).on('line', (line) => {
      this.#receive(message.parse(JSON.parse(line)));
    });
  }

  /** Connects to a process that was just started. */
  static async connect(process: CodexProcess, home: Home): Promise<AppServer> {
    const server = new AppServer(process, home);
    const clientInfo = { name: 'conformance', title: 'conformance', version: '1.0.0' };
    await server.request('initialize', { clientInfo, capabilities: { experimentalApi: true } });
    server.#send({ method: 'initialized' });
    return server;
  }

  /** Rejects where the server answers with an error, or ends. */
  async request(method: string, params: Params): Promise<unknown> {
    this.#requests += 1;
    const id = this.#requests;
    const answered = new Promise<Message>((resolve) => {
      this.#answers.set(id, resolve);
    });
    this.#send({ id, method, params });
    const { result, error } = await this.#orEnd(answered, method);
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }

  /** Starts a thread, or forks one, and gives its id. */
  async startThread(method = 'thread/start', params: Params = {}): Promise<string> {
    const rights = { approvalPolicy: 'never', sandbox: 'danger-full-access' };
    const answer = await this.request(method, { cwd: this.#home.project, ...rights, ...params });
    return threadAnswer.parse(answer).thread.id;
  }

  async startTurn(threadId: string, text: string, ...more: readonly Params[]): Promise<RunningTurn> {
    const ended = this.#turnEnd(threadId);
    const answer = await this.request('turn/start', { threadId, input: [...textInput(text), ...more] });
    return { id: turnAnswer.parse(answer).turn.id, ended };
  }

  /** Takes a turn to its end, and gives its id. `more` is input beside the text, such as images. */
  async turn(threadId: string, text: string, ...more: readonly Params[]): Promise<string> {
    const { id, ended } = await this.startTurn(threadId, text, ...more);
    await ended;
    return id;
  }

  /** Compacts the history, which is a turn of its own. */
  async compact(threadId: string): Promise<void> {
    const ended = this.#turnEnd(threadId);
    await this.request('thread/compact/start', { threadId });
    await ended;
  }

  steer(threadId: string, expectedTurnId: string, text: string): Promise<unknown> {
    return this.request('turn/steer', { threadId, expectedTurnId, input: textInput(text) });
  }

  async interrupt(threadId: string, { id: turnId, ended }: RunningTurn): Promise<void> {
    await this.request('turn/interrupt', { threadId, turnId });
    await ended;
  }

  /** Lets the server end by itself. */
  async close(): Promise<void> {
    this.#process.child.stdin.end();
    await this.#process.ended;
  }

  #turnEnd(threadId: string): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      const listener = ({ method, params }: Message): void => {
        if (method !== 'turn/completed' || params?.['threadId'] !== threadId) return;
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
    });
    const either = this.#orEnd(ended, 'a turn');
    // It may fail before anybody waits for it.
    either.catch(() => {});
    return either;
  }

  #orEnd<T>(answer: Promise<T>, what: string): Promise<T> {
    const ended = this.#process.ended.then(() => {
      throw new Error(`codex app-server ended during ${what}: ${this.#process.errors()}`);
    });
    return Promise.race([answer, ended]);
  }

  #receive(received: Message): void {
    const { id, method } = received;
    if (method === undefined) {
      if (typeof id === 'number') this.#answers.get(id)?.(received);
    } else if (id === undefined) {
      for (const listener of this.#listeners) listener(received);
    } else {
      // Whatever the server asks to be allowed is allowed.
      this.#send({ id, result: { decision: 'accept', action: 'accept', content: {} } });
    }
  }

  #send(sent: Params): void {
    this.#process.child.stdin.write(`${JSON.stringify(sent)}\n`);
  }
}

const textInput = (text: string) => [{ type: 'text', text, text_elements: [] }];
