import type { startRorSimulator } from './main.ts'

const profiles = 'https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition'
const table = (name: string): string => `https://mos.esante.gouv.fr/NOS/${name}/FHIR/${name.replace('_', '-')}`
const coded = (name: string, code: string, display: string) => ({ coding: [{ system: table(name), code, display }] })

interface Wish {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly field: readonly [string, string]
  readonly activity: readonly [string, string]
  readonly mode: readonly [string, string]
  readonly commune: readonly [code: string, postalCode: string, city: string]
  readonly phone: string
  readonly free: number
  readonly from: number
  readonly sensitive?: boolean
}

const social = ['04', 'Médico-social'] as const
const health = ['01', 'Sanitaire'] as const
const wishes: readonly Wish[] = [
  {
    id: 'ht-remiremont',
    name: 'Hébergement temporaire Les Charmilles',
    owner: 'EHPAD Les Charmilles',
    field: social,
    activity: ['420', 'Hébergement temporaire'],
    mode: ['46', 'Hébergement complet internat'],
    commune: ['88383', '88200', 'Remiremont'],
    phone: '0353011501',
    free: 2,
    from: 60,
  },
  {
    id: 'aj-remiremont',
    name: 'Accueil de jour La Parenthèse',
    owner: 'EHPAD Les Charmilles',
    field: social,
    activity: ['421', 'Accueil de jour'],
    mode: ['47', 'Accueil de jour'],
    commune: ['88383', '88200', 'Remiremont'],
    phone: '0353011502',
    free: 4,
    from: 60,
  },
  {
    id: 'usp-epinal',
    name: 'Lits identifiés de soins palliatifs',
    owner: 'Centre hospitalier des Trois Vallées',
    field: health,
    activity: ['102', 'Soins palliatifs'],
    mode: ['28', 'Hospitalisation complète'],
    commune: ['88160', '88000', 'Épinal'],
    phone: '0353011503',
    free: 0,
    from: 18,
  },
  {
    id: 'smr-epinal',
    name: 'Réadaptation des personnes âgées polypathologiques',
    owner: 'Centre hospitalier des Trois Vallées',
    field: health,
    activity: ['140', 'Soins médicaux et de réadaptation gériatriques'],
    mode: ['28', 'Hospitalisation complète'],
    commune: ['88160', '88000', 'Épinal'],
    phone: '0353011504',
    free: 3,
    from: 75,
  },
  {
    id: 'repit-gerardmer',
    name: 'Plateforme de répit des Hautes Vosges',
    owner: 'Association Cap Répit',
    field: social,
    activity: ['430', 'Soutien aux aidants'],
    mode: ['58', 'Coordination de parcours'],
    commune: ['88196', '88400', 'Gérardmer'],
    phone: '0353011505',
    free: 6,
    from: 18,
  },
  {
    id: 'lieu-tenu-secret',
    name: 'Accueil protégé',
    owner: 'Association Cap Répit',
    field: social,
    activity: ['431', 'Mise à l’abri'],
    mode: ['46', 'Hébergement complet internat'],
    commune: ['88160', '88000', 'Épinal'],
    phone: '0353011506',
    free: 1,
    from: 18,
    sensitive: true,
  },
]

/** Invented offers around Épinal and Remiremont, one of them confidential, for the demonstration. `now`: when their places were last told. */
export function demoOffers(now: Date): Parameters<typeof startRorSimulator>[0] {
  return wishes.flatMap((wish) => [
    {
      resourceType: 'HealthcareService',
      id: wish.id,
      meta: { lastUpdated: now.toISOString(), tag: [{ code: 'GRAND-EST' }] },
      extension: [
        { url: `${profiles}/ror-healthcareservice-sensitive-unit`, valueBoolean: wish.sensitive === true },
        { url: `${profiles}/ror-healthcareservice-patient-type`, extension: [{ url: 'ageRange', valueRange: { low: { value: wish.from } } }] },
      ],
      active: true,
      providedBy: { reference: `Organization/${wish.id}` },
      location: [{ reference: `Location/${wish.id}` }],
      type: [coded('TRE_R227-ChampActivite', ...wish.field)],
      specialty: [coded('TRE_R211-ActiviteOperationnelle', ...wish.activity)],
      characteristic: [coded('TRE_R213-ModePriseEnCharge', ...wish.mode)],
      name: wish.name,
      telecom: [{ system: 'phone', value: wish.phone }],
    },
    { resourceType: 'Organization', id: wish.id, name: wish.owner },
    {
      resourceType: 'Location',
      id: wish.id,
      meta: { lastUpdated: now.toISOString() },
      name: wish.owner,
      extension: [
        { url: `${profiles}/ror-commune-cog`, valueCodeableConcept: coded('TRE_R13-Commune', wish.commune[0], wish.commune[2]) },
        {
          url: `${profiles}/ror-location-supported-capacity`,
          extension: [
            { url: 'capacityType', valueCodeableConcept: coded('TRE_R330', '01', 'Places') },
            { url: 'capacityStatus', valueCodeableConcept: coded('TRE_R330', '02', 'Disponibles') },
            { url: 'nbCapacity', valueInteger: wish.free },
            { url: 'capacityUpdateDate', valueDateTime: now.toISOString() },
          ],
        },
      ],
      address: { postalCode: wish.commune[1], city: wish.commune[2] },
    },
  ])
}
