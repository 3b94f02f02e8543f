import { DATA_ROWS } from './dekart-rows-data';
import { DOOR_ROWS } from './dekart-rows-door';
import { NETWORK_ROWS } from './dekart-rows-network';
import { TASK_ROWS } from './dekart-rows-task';
import { guideSystem } from './dekart-system';
import { ParityGuide } from './parity';

export const DEKART_GUIDE: ParityGuide = {
  title: 'DekartOnFargate',
  article: '[Amazon ECS](https://dekart.xyz/docs/self-hosting/aws-ecs-terraform/), Dekart\'s guide with Terraform',
  template: guideSystem,
  rows: [...NETWORK_ROWS, ...DATA_ROWS, ...DOOR_ROWS, ...TASK_ROWS],
};
