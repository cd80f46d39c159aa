import type { PublishedService } from '../../../territory/server/reference.sql.ts'

const dac = { kind: 'dac', shortName: null, legalPerson: null, phone: null, address: null, postalCode: null, communeCode: null } as const

/**
 * The nine DAC of Grand Est as the regional directory of coordinated practice published them (requirement R143). Some have no address or no
 * telephone there: they stay empty. None has a perimeter: its commune list is entered by the region.
 */
export const grandEstDacs: readonly PublishedService[] = [
  {
    ...dac,
    key: '08',
    name: 'DAC des Ardennes',
    legalPerson: 'AAPS',
    phone: '0324351252',
    address: '1 bis rue de Lorraine',
    postalCode: '08000',
    communeCode: '08105',
    departments: ['08'],
  },
  {
    ...dac,
    key: '10',
    name: 'DAC de l’Aube',
    shortName: 'Appui Santé Aube',
    phone: '0325408083',
    address: '1 avenue Pierre Brossolette',
    postalCode: '10000',
    communeCode: '10387',
    departments: ['10'],
  },
  {
    ...dac,
    key: '51',
    name: 'DAC de la Marne',
    legalPerson: 'AAPS',
    phone: '0351251351',
    address: '51 rue Louis Pasteur',
    postalCode: '51100',
    communeCode: '51454',
    departments: ['51'],
  },
  { ...dac, key: '52', name: 'DAC de la Haute-Marne', departments: ['52'] },
  {
    ...dac,
    key: '54',
    name: 'DAC de la Meurthe-et-Moselle',
    phone: '0356667700',
    address: '22 rue François de Neufchâteau',
    postalCode: '54000',
    communeCode: '54395',
    departments: ['54'],
  },
  {
    ...dac,
    key: '55',
    name: 'DAC de la Meuse',
    phone: '0372850117',
    address: '8 rue du Docteur Meunier',
    postalCode: '55400',
    communeCode: '55181',
    departments: ['55'],
  },
  {
    ...dac,
    key: '57',
    name: 'DAC de la Moselle',
    phone: '0372729000',
    address: '32 rue Lothaire',
    postalCode: '57000',
    communeCode: '57463',
    departments: ['57'],
  },
  { ...dac, key: 'alsace', name: 'DAC d’Alsace', phone: '0367300367', departments: ['67', '68'] },
  {
    ...dac,
    key: '88',
    name: 'DAC des Vosges',
    shortName: 'Appui Santé Vosges',
    phone: '0374951737',
    postalCode: '88470',
    communeCode: '88519',
    departments: ['88'],
  },
]
