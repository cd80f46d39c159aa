export {
  type AppointmentPlan,
  answerAppointmentFor,
  cancelAppointmentFor,
  type Followed,
  followedBy,
  type Guest,
  invitedThere,
  inviteToAppointmentFor,
  moveAppointmentFor,
  type PlaceOf,
  planAppointmentFor,
} from './plan-for.ts'
export { placeToldStay } from './told-stay.ts'
