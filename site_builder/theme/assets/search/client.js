// The page's side of the search: starts the worker when something is asked for the first time.

/** @typedef {import("./reader.js").Found} Found */
/** @typedef {import("./reader.js").SearchOptions} SearchOptions */
/** @typedef {import("./worker.js").Answer} Answer */
/** @typedef {import("./worker.js").Failure} Failure */
/** @typedef {import("./worker.js").Question} Question */

/** For when not even the code of the search has come; all else the reader says. */
const MESSAGE = "Không tải được phần tìm kiếm. Hãy kiểm tra kết nối mạng rồi thử lại.";

/** What kept the search from its answer; `message` is for the citizen. */
export class SearchFailure extends Error {
  /** @param {Failure} failure */
  constructor({ kind, message }) {
    super(message);
    this.kind = kind;
  }
}

/** @typedef {{ question: Question, settle: (answer: Answer) => void }} Waiting */

/** One index, asked by everyone on the page. */
class Client {
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #last = 0;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {((question: Question) => Promise<Answer>) | null} */
  #here = null;
  #base;

  /** @param {string} base */
  constructor(base) {
    this.#base = base;
  }

  /**
   * Loads what every search needs, ahead of the first one.
   */
  open() {
    this.#ask().catch(() => {}); // whoever searches will be told
  }

  /**
   * @param {string} query
   * @param {SearchOptions} options
   * @returns {Promise<Found>} or a `SearchFailure`
   */
  async search(query, options) {
    return /** @type {Found} */ (await this.#ask(query, options));
  }

  /**
   * @param {string} [query]
   * @param {SearchOptions} [options]
   */
  async #ask(query, options) {
    const question = { number: ++this.#last, base: this.#base, query, options };
    /** @type {Answer} */
    const { found, failure } = await new Promise((settle) => {
      this.#waiting.set(question.number, { question, settle });
      if (this.#here) this.#answerHere(this.#here, question);
      else this.#send(question);
    });
    if (failure) throw new SearchFailure(failure);
    return found;
  }

  /** @param {Answer} answer */
  #settle(answer) {
    this.#waiting.get(answer.number)?.settle(answer);
    this.#waiting.delete(answer.number);
  }

  /** @param {Question} question */
  #send(question) {
    try {
      this.#worker ??= this.#started();
      this.#worker.postMessage(question);
    } catch {
      this.#moveHere(); // no workers at all
    }
  }

  #started() {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => this.#settle(data);
    // The worker answers even failures: this one says that its modules did not load.
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#worker = null;
      this.#moveHere();
    };
    return worker;
  }

  /** Answers in the page what waits for a worker that is not to be; tries one again if offline. */
  async #moveHere() {
    const waiting = [...this.#waiting.values()].map(({ question }) => question);
    try {
      this.#here = (await import("./worker.js")).answer;
    } catch {
      /** @type {Failure} */
      const failure = { kind: "offline", message: MESSAGE };
      waiting.forEach(({ number }) => this.#settle({ number, failure }));
      return;
    }
    for (const question of waiting) this.#answerHere(this.#here, question);
  }

  /**
   * @param {(question: Question) => Promise<Answer>} answer
   * @param {Question} question
   */
  async #answerHere(answer, question) {
    this.#settle(await answer(question));
  }
}

/** @type {Map<string, Client>} */
const clients = new Map();

/** Puts questions one after the other; only the answer to its latest counts. */
export class Asker {
  #latest = 0;
  #client;

  /** @param {string} base address of the index */
  constructor(base) {
    this.#client = clients.get(base) ?? new Client(base);
    clients.set(base, this.#client);
  }

  open() {
    this.#client.open();
  }

  /**
   * @param {string} query
   * @param {SearchOptions} options
   * @returns {Promise<Found | null>} null where another question was put since, or none is wanted
   */
  async search(query, options) {
    const number = ++this.#latest;
    try {
      const found = await this.#client.search(query, options);
      return number === this.#latest ? found : null;
    } catch (error) {
      if (number !== this.#latest) return null;
      throw error;
    }
  }

  /** No answer that is still on its way is wanted. */
  forget() {
    this.#latest++;
  }
}
