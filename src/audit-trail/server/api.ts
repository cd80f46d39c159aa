export { anchorDestinations } from './anchors/destinations.ts'
export { auditTrailCrontab, auditTrailJobs } from './jobs.ts'
