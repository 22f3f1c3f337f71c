import './globals.ts';
import { describeSchedules } from './play-schedules.ts';

describeSchedules(251, 500);
