import { Duration } from 'aws-cdk-lib';
import { conflictIf, Conflicts, isKnown, numberConflicts } from '../../private/prop-rules';
import type { HttpHealthCheckOptions } from '../http-health-check';

/** What ECS refuses in a container health check, or reads in another way than it was meant. */
export function healthCheckConflicts(path: string, options: Required<HttpHealthCheckOptions>): Conflicts {
  const { interval, timeout } = options;
  return [
    // the path becomes part of a command line
    ...conflictIf(
      isKnown(path) && !/^\/[\w./~:@=+,-]*$/.test(path),
      `\`path\` of a container health check must start with a slash and hold letters, digits and ./~:@=+,-_ only, got '${path}'; check a plain path`,
    ),
    ...numberConflicts('port', options.port, 1, 65535),
    ...secondsConflicts('interval', interval, 5, 300),
    ...secondsConflicts('timeout', timeout, 2, 60),
    ...conflictIf(
      !interval.isUnresolved() && !timeout.isUnresolved() && timeout.toMilliseconds() > interval.toMilliseconds(),
      `\`timeout\` ${timeout.toHumanString()} is longer than \`interval\` ${interval.toHumanString()}; lower the first or raise the second`,
    ),
    ...numberConflicts('retries', options.retries, 1, 10),
    ...secondsConflicts('startPeriod', options.startPeriod, 0, 300),
  ];
}

function secondsConflicts(prop: string, value: Duration, min: number, max: number): Conflicts {
  if (value.isUnresolved()) return [];
  const seconds = value.toSeconds({ integral: false });
  return conflictIf(
    !Number.isInteger(seconds) || seconds < min || seconds > max,
    `\`${prop}\` must be ${min} to ${max} whole seconds, got ${value.toHumanString()}`,
  );
}
