/** Where public holidays differ: the default, Alsace-Moselle and the overseas territories. A setting of the installation. */
export const holidayZones = [
  'france',
  'alsace_moselle',
  'guadeloupe',
  'martinique',
  'guyane',
  'reunion',
  'mayotte',
  'saint_martin',
  'saint_barthelemy',
] as const
export type HolidayZone = (typeof holidayZones)[number]
