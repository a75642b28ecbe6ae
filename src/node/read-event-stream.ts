import { pipeline, type Readable } from 'node:stream';
import { parse } from 'ndjson';
import { Observable } from 'rxjs';

/**
 * The events of a log that comes as a stream: stdin, a socket, another process. For `reduceEvents`, which
 * checks them. Errors at the first line that is not JSON, and with the error of the stream. A stream can be
 * read once; unsubscribing destroys it.
 */
export const readEvents = (stream: Readable): Observable<unknown> =>
  new Observable((subscriber) => {
    const events = parse({ strict: true });
    events.on('data', (event: unknown) => subscriber.next(event));
    pipeline(stream, events, (error) => {
      if (error) subscriber.error(error);
      else subscriber.complete();
    });
    return () => {
      stream.destroy();
    };
  });
