import { testCrash } from './crash-test.ts';
import { CRASH_POINTS } from './points/crash-points.ts';

for (const point of CRASH_POINTS) testCrash(point);
