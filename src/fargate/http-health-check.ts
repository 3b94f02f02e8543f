import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { healthCheckConflicts } from './private/health-check-rules';
import { throwConflicts } from '../private/prop-rules';

/**
 * Where and how often a container health check asks.
 */
export interface HttpHealthCheckOptions {
  /**
   * Port that the container listens on.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * Time between two checks, 5 to 300 seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * Time after which a check without an answer counts as failed, 2 to 60 seconds, and not longer than `interval`.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;

  /**
   * Failed checks in a row after which the container is unhealthy, 1 to 10.
   *
   * @default 3
   */
  readonly retries?: number;

  /**
   * Time after the start in which failed checks do not count, 0 to 300 seconds.
   *
   * @default Duration.seconds(15)
   */
  readonly startPeriod?: Duration;
}

/**
 * Container health checks that fit what is in an image.
 *
 * ECS runs the check inside the container, so the image must hold the program that asks. Each check passes when the path answers with a
 * success status; `bashTcp` and redirects: see there.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 *
 * @example
 * import { HttpHealthCheck } from 'cdk-fargate-blueprints';
 *
 * const healthCheck = HttpHealthCheck.curl('/health', { port: 8080 });
 */
export class HttpHealthCheck {
  /**
   * Asks with `curl`, which most Debian based images hold.
   *
   * @param path Path that answers with a status below 400, starting with a slash.
   * @param options Port and timing.
   */
  public static curl(path: string, options: HttpHealthCheckOptions = {}): ecs.HealthCheck {
    return check(path, options, (address) => ['CMD-SHELL', `curl -fsS -o /dev/null ${url(address)} || exit 1`]);
  }

  /**
   * Asks with `wget`, which Alpine and other BusyBox images hold.
   *
   * @param path Path that answers with a status below 400, starting with a slash.
   * @param options Port and timing.
   */
  public static wget(path: string, options: HttpHealthCheckOptions = {}): ecs.HealthCheck {
    return check(path, options, (address) => ['CMD-SHELL', `wget -q -O /dev/null ${url(address)} || exit 1`]);
  }

  /**
   * Asks with Node.js 18 or newer, for images without a shell.
   *
   * @param path Path that answers with a status of 2xx, after redirects, starting with a slash.
   * @param options Port and timing.
   */
  public static node(path: string, options: HttpHealthCheckOptions = {}): ecs.HealthCheck {
    return check(path, options, (address) => [
      'CMD', 'node', '-e', `fetch('${url(address)}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`,
    ]);
  }

  /**
   * Asks with nothing but `bash`, for images without an HTTP client.
   *
   * @param path Path that answers with a status below 400, starting with a slash.
   * @param options Port and timing.
   */
  public static bashTcp(path: string, options: HttpHealthCheckOptions = {}): ecs.HealthCheck {
    const request = `GET ${path} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n`;
    return check(path, options, ({ port }) => [
      'CMD', 'bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port} && printf '${request}' >&3 && read -r _ status _ <&3 && [[ $status == [23]* ]]`,
    ]);
  }

  private constructor() {}
}

interface Address {
  readonly port: number;
  readonly path: string;
}

function check(path: string, options: HttpHealthCheckOptions, command: (address: Address) => string[]): ecs.HealthCheck {
  const { port, ...timing } = {
    port: options.port ?? 80,
    interval: options.interval ?? Duration.seconds(10),
    timeout: options.timeout ?? Duration.seconds(5),
    retries: options.retries ?? 3,
    startPeriod: options.startPeriod ?? Duration.seconds(15),
  };
  throwConflicts('HttpHealthCheck', healthCheckConflicts(path, { port, ...timing }));
  return { command: command({ port, path }), ...timing };
}

function url({ port, path }: Address): string {
  // the address, not the name: some images resolve localhost to ::1 first, where the server may not listen
  return `http://127.0.0.1:${port}${path}`;
}
