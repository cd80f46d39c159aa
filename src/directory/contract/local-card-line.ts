import { searchKey } from '../../territory/contract/search-key.ts'
import type { DirectoryFacet } from './facets.ts'

/** A local card as read from one typed line, for its author to confirm or correct. */
export interface ProposedCard {
  readonly kind: DirectoryFacet
  readonly name: string
  readonly role: string
  readonly structureName: string
  readonly phone: string
  readonly otherPhone: string
  readonly email: string
}

const phonePattern = /(?:(?:\+|00)33[\s.]*|0)[1-9](?:[\s.-]?\d{2}){1,4}/g
const emailPattern = /[^\s,;<>]+@[^\s,;<>]+\.[a-z]{2,}/gi
const civility = /^(?:M|Mr|Mme|Mlle|Dr|Pr|Me|Monsieur|Madame|Docteur|Maître)\.?\s+/i

/** What tells the nature of a card, the most telling first; written as `searchKey` gives it. */
const signs: readonly (readonly [RegExp, DirectoryFacet])[] = [
  [/\b(curat|tutel|tutrice|tuteur|mjpm|mandataire judiciaire|udaf|protection des majeurs)/, 'legal_guardian'],
  [/\b(ccas|cias|action sociale)\b/, 'ccas'],
  [/\b(service social|assistante? sociale?|assistante? de service|travailleu[rs]e? social|polyvalence|cesf|conseill[a-z]+ en economie)\b/, 'social_service'],
  [/\b(ssiad|soins infirmiers a domicile)\b/, 'ssiad'],
  [/\b(sad|saad|spasad|admr|aide a domicile|aide menagere|auxiliaire de vie|assad|maintien a domicile)\b/, 'sad'],
  [/\b(had|hospitalisation a domicile)\b/, 'had'],
  [/\b(ehpad|maison de retraite|residence autonomie|marpa|accueil de jour)\b/, 'ehpad'],
  [/\b(mdph|mda|maison departementale de l autonomie)\b/, 'mdph'],
  [/\b(apa|conseil departemental|departement|maison des solidarites|equipe medico sociale)\b/, 'department'],
  [/\b(bailleur|hlm|office|habitat|logement|syndic|proprietaire|locati[a-z]+)\b/, 'landlord'],
  [/\b(mairie|maire|adjoint[e]? au maire|elue?)\b/, 'town_hall'],
  [/\b(ecole|college|lycee|rectorat|scolaire|inspection academique|ulis)\b/, 'school'],
  [/\b(gendarmerie|police|pompiers|sdis)\b/, 'police'],
  [/\b(cpam|carsat|assurance maladie|prado|msa|caf)\b/, 'cam'],
  [/\b(portage|repas|teleassistance|materiel|prestataire|oxygene|lit medicalise)\b/, 'equipment'],
  [/\b(ambulance|taxi|vsl|transport)\b/, 'transport'],
  [/\b(pharmacie|officine)\b/, 'pharmacy'],
  [/\b(mission locale|france travail|pole emploi|employeur|insertion)\b/, 'employment'],
  [/\b(ime|itep|esat|sessad|samsah|savs|foyer|mas|fam|csapa|esms)\b/, 'esms'],
  [/\b(infirmiere?|idel?|ipa)\b/, 'nurse'],
  [/\b(kine|kinesitherapeute)\b/, 'physiotherapist'],
  [/\b(psychologue)\b/, 'psychologist'],
  [/\b(educat[a-z]+|moniteur)\b/, 'educator'],
  [/\b(benevole|association|restos du coeur|secours|croix rouge|emmaus)\b/, 'association'],
  [/\b(ch|chu|chru|chi|hopital|clinique|centre hospitalier|urgences|smr|ssr|usld|service de|cmp)\b/, 'hospital'],
]

/**
 * Reads « Mme Roux, service social CH Remiremont, 03 53 01 44 12 » into the fields of a card: telephones and courriel by their form, the first part as
 * the name, the next one as what she does, the rest as where. Nothing is kept until the author confirms.
 */
export function readLocalCardLine(line: string): ProposedCard {
  const emails = line.match(emailPattern) ?? []
  const phones = (line.replace(emailPattern, ' ').match(phonePattern) ?? []).map((phone) => phone.trim())
  const parts = line
    .replace(emailPattern, ' ')
    .replace(phonePattern, ' ')
    .replace(/\b(?:t[ée]l(?:[ée]phone)?|portable|mail|courriel)\b\s*\.?\s*:?/gi, ' ')
    .split(/[,;\n]|\s[-–—]\s/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => /\p{L}/u.test(part))
  const named = parts.findIndex((part) => civility.test(part))
  const name = parts[named === -1 ? 0 : named] ?? ''
  const others = parts.filter((part) => part !== name)
  const key = searchKey(line)
  const kind = signs.find(([pattern]) => pattern.test(key))?.[1] ?? 'other'
  const { role, structureName } = roleAndPlace(others)
  return { kind, name, role, structureName, phone: phones[0] ?? '', otherPhone: phones[1] ?? '', email: emails[0] ?? '' }
}

/** Where a structure begins in « service social CH Remiremont ». */
const structureBegins =
  /\b(?:du |de la |de l['’]|des |d['’]|de |au |à la |à l['’])?(?=(?:CH|CHU|CHRU|CHI|CCAS|CIAS|EHPAD|CPAM|CARSAT|ADMR|UDAF|MDPH|SSIAD|HAD|IME|ESAT|CMP|MSP|CPTS|hôpital|hopital|clinique|centre hospitalier|mairie|lycée|collège|école|association|résidence|foyer)\b)/i

function roleAndPlace(parts: readonly string[]): { role: string; structureName: string } {
  const [first = '', ...rest] = parts
  if (rest.length > 0) return { role: first, structureName: rest.join(', ') }
  const at = first.search(structureBegins)
  if (at === 0) return { role: '', structureName: first }
  if (at === -1) return { role: first, structureName: '' }
  return {
    role: first.slice(0, at).trim(),
    structureName: first
      .slice(at)
      .replace(/^(?:du |de la |de l['’]|des |d['’]|de |au |à la |à l['’])/i, '')
      .trim(),
  }
}
