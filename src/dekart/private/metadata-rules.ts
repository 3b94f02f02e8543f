import { Duration } from 'aws-cdk-lib';
import { conflictIf, Conflicts, isKnown, numberConflicts } from '../../private/prop-rules';
import type {
  ExistingPostgresOptions, PostgresMetadataOptions, SqliteOnEfsOptions, SqliteWithBackupsOptions,
} from '../dekart-metadata-store-options';
import type { DekartFacts } from './facts';

const OLDEST_POSTGRES = 13;
const BACKUP_AGE_MIN_DAYS = 90;

export function licenseConflicts(facts: DekartFacts): Conflicts {
  return conflictIf(
    facts.version._traits.postgresNeedsLicense && !facts.licensed,
    `\`metadataStore\` PostgreSQL on Dekart ${facts.version.version} needs \`licenseKey\`, which is not set; set it (keys are free, see https://dekart.xyz/docs/), `
    + 'choose DekartMetadataStore.sqliteOnEfs() without user identities, or DekartVersion.V0_22_1, where sign-in with `userIdentity` SHARED only opens the door',
  );
}

export function sqliteConflicts(facts: DekartFacts): Conflicts {
  return conflictIf(
    !facts.version._traits.sqlite,
    `\`metadataStore\` SQLite is not safe on Dekart ${facts.version.version}, which copies it to Snowflake only; choose DekartVersion.V0_23_2 or DekartMetadataStore.postgres()`,
  );
}

export function postgresConflicts(options: PostgresMetadataOptions): Conflicts {
  const major = Number(options.engineVersion?.postgresMajorVersion);
  const { allocatedStorage = 20, maxAllocatedStorage = 100, databaseName, username } = options;
  return [
    ...conflictIf(
      options.engineVersion !== undefined && major < OLDEST_POSTGRES,
      `\`engineVersion\` must be PostgreSQL ${OLDEST_POSTGRES} or later, got ${options.engineVersion?.postgresFullVersion}`,
    ),
    ...numberConflicts('allocatedStorage', allocatedStorage, 20, 65536, 'GiB'),
    ...conflictIf(
      isKnown(allocatedStorage) && isKnown(maxAllocatedStorage) && maxAllocatedStorage < allocatedStorage,
      `\`maxAllocatedStorage\` ${maxAllocatedStorage} is less than \`allocatedStorage\` ${allocatedStorage}; raise it`,
    ),
    ...numberConflicts('port', options.port, 1150, 65535),
    ...daysConflicts('backupRetention', options.backupRetention, 1, 35),
    ...daysConflicts('passwordRotation', options.passwordRotation, 1, 1000),
    ...nameConflicts('databaseName', databaseName),
    ...nameConflicts('username', username),
    ...conflictIf(
      isKnown(username) && ['admin', 'postgres', 'rdsadmin', 'user'].includes(username),
      `\`username\` ${username} is reserved; choose another name`,
    ),
  ];
}

export function existingPostgresConflicts(options: ExistingPostgresOptions): Conflicts {
  return numberConflicts('port', options.port, 1, 65535);
}

export function efsConflicts(options: SqliteOnEfsOptions): Conflicts {
  return [
    ...daysConflicts('backupRetention', options.backupRetention, 1, 36500),
    ...conflictIf(
      options.fileSystem !== undefined && options.backupRetention !== undefined,
      '`backupRetention` is a setting of a new file system; back up the given `fileSystem` yourself, or leave one of them out',
    ),
  ];
}

export function backupConflicts(options: SqliteWithBackupsOptions): Conflicts {
  const { backupAge, backupInterval } = options;
  return [
    ...conflictIf(
      backupAge !== undefined && !backupAge.isUnresolved() && backupAge.toMilliseconds() < Duration.days(BACKUP_AGE_MIN_DAYS).toMilliseconds(),
      `\`backupAge\` must be at least ${BACKUP_AGE_MIN_DAYS} days, got ${backupAge?.toHumanString()}; when nothing changes for longer the only copy is removed`,
    ),
    ...conflictIf(
      backupInterval !== undefined && !backupInterval.isUnresolved() && (backupInterval.toSeconds() < 60 || backupInterval.toSeconds() % 60 !== 0),
      `\`backupInterval\` must be whole minutes, got ${backupInterval?.toHumanString()}`,
    ),
  ];
}

function daysConflicts(prop: string, duration: Duration | undefined, min: number, max: number): Conflicts {
  if (duration === undefined || duration.isUnresolved()) return [];
  return conflictIf(
    !Number.isInteger(duration.toDays({ integral: false })) || duration.toDays({ integral: false }) < min || duration.toDays({ integral: false }) > max,
    `\`${prop}\` must be ${min} to ${max} whole days, got ${duration.toHumanString()}`,
  );
}

function nameConflicts(prop: string, name?: string): Conflicts {
  return conflictIf(
    isKnown(name) && !/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name),
    `\`${prop}\` must be a letter and up to 62 letters, digits or underscores, got '${name}'`,
  );
}
