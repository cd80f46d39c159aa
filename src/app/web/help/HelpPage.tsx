import './help.css'
import type { ReactNode } from 'react'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { Bar, Columns, Section, Sheet } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'

/** The little one needs to know to begin; the rest is written on each screen. */
export function HelpPage(): ReactNode {
  return (
    <Page title="Aide">
      <Bar title="Aide" end={<span className="small mut">L’essentiel pour commencer ; le reste est écrit sur chaque écran.</span>} />
      <Columns kind="one">
        <Sheet label="Aide">
          <div className="help">
            <Section title="Trouver, commencer">
              <p className="only-phone">
                <b>Chercher</b>, au bas de l’écran, trouve une personne, un professionnel, une structure ou une action. <b>Plus</b> ouvre les autres pages.
              </p>
              <ul className="lines no-phone">
                <li className="row sp">
                  <span>Une personne, un professionnel, une structure ou une action, depuis partout</span>
                  <Keys k="Ctrl+k" />
                </li>
                <li className="row sp">
                  <span>Une nouvelle demande</span>
                  <Keys k="n" />
                </li>
                <li className="row sp">
                  <span>Les raccourcis de la page ouverte</span>
                  <Keys k="?" />
                </li>
                <li className="row sp">
                  <span>Envoyer un formulaire, depuis n’importe lequel de ses champs</span>
                  <Keys k="Ctrl+Enter" />
                </li>
              </ul>
            </Section>
            <Section title="Rien de ce que vous tapez ne se perd">
              <p>
                Chaque saisie est gardée au fil de la frappe. Fermer la page, perdre le réseau ou la session ne change rien{'\u00a0'}: revenez au même endroit,
                elle vous attend. Quand une autre personne a modifié la même fiche, les deux versions s’affichent côte à côte et vous choisissez.
              </p>
            </Section>
            <Section title="Ma journée et l’agenda">
              <p>
                <b>Ma journée</b> réunit ce qui a une heure, les alertes à prendre, vos demandes, les nouveautés, vos tâches et ce qui est prévu demain. «
                {'\u00a0'}
                Je m’en charge{'\u00a0'}» prévient le binôme et l’équipe que l’alerte est prise.
              </p>
              <p>
                Dans <b>Agenda</b>, un rendez-vous se prend par R, se déplace à la souris, ou au clavier{'\u00a0'}: M le prend, les flèches le portent, Entrée
                le pose. Celui d’une personne se lit aussi dans son dossier, par ceux qui en voient le volet. Consignes de visite, temps de route estimé et
                conflits d’horaires s’affichent avec lui. «{'\u00a0'}Absence{'\u00a0'}» envoie vos alertes à qui vous remplace{'\u00a0'}; «{'\u00a0'}Autres
                agendas
                {'\u00a0'}» relie votre calendrier, sans jamais y écrire un nom.
              </p>
              <p>
                L’agenda de l’équipe se lit par semaine ou sur <b>quatre semaines</b>
                {'\u00a0'}: qui est libre, pris ou absent, demi-journée par demi-journée. Clore un accompagnement propose d’annuler les rendez-vous que l’équipe
                avait pris{'\u00a0'}; ceux que vous décochez ont lieu.
              </p>
            </Section>
            <Section title="Écrire à plusieurs">
              <p>
                <b>Échanges</b> garde vos conversations{'\u00a0'}: autour d’une personne, avec son cercle entier ou quelques-uns, ou entre professionnels, hors
                de tout dossier et sans nommer personne. Seuls les participants les lisent. Un message devient une note, une tâche ou un rendez-vous par son
                menu «{'\u00a0'}…{'\u00a0'}».
              </p>
            </Section>
            <Section title="Décider ensemble">
              <p>
                L’onglet <b>Concertations</b> d’un dossier prépare la réunion{'\u00a0'}: questions, invités, documents. Le compte rendu s’écrit en direct, une
                personne à la fois par passage. Chaque décision a quelqu’un qui l’accepte ou la refuse, puis rejoint le PPCS ou les tâches. Signé, le compte
                rendu ne change plus. <b>Mes concertations</b> rassemble celles où vous êtes attendu.
              </p>
            </Section>
            <Section title="Les moments critiques">
              <p>
                Une sortie d’hôpital, une aide qui s’arrête, un aidant à bout{'\u00a0'}: la <b>séquence critique</b> s’ouvre depuis la Synthèse du dossier.
                Chaque moment (48 heures, 7 jours, 30 jours…) est une tâche, avec ses points à cocher{'\u00a0'}; ce qui est en retard se voit dans Ma journée.
                L’équipe adapte les listes dans Équipe, «{'\u00a0'}Séquences critiques{'\u00a0'}».
              </p>
            </Section>
            <Section title="Entrées et sorties d’hôpital">
              <p>
                Quand un hôpital relié annonce l’entrée ou la sortie d’une personne que vous accompagnez, son Fil le dit et une alerte part. Si son identité est
                incertaine, rien ne s’écrit{'\u00a0'}: vous comparez les traits dans <b>Événements hospitaliers à rapprocher</b>. Dans le doute, téléphonez.
              </p>
              <p>
                Le séjour se lit aussi dans l’<b>Agenda</b> de la personne et de l’équipe, en bandeau, et suit ce que l’établissement annonce. Une entrée
                prévue, ou dite au téléphone, s’y note par « Hospitalisation »{'\u00a0'}: quand l’établissement l’annonce à son tour, il n’en reste qu’une. Les
                visites qui tombent pendant le séjour le disent. Tout cela est dans le volet santé.
              </p>
            </Section>
            <Section title="Au chevet, sans réseau">
              <p>
                Avant de partir, ouvrez <b>Ma tournée</b> (menu à votre nom) et touchez « Emporter ma tournée »{'\u00a0'}: les dossiers de vos rendez-vous du
                jour viennent sur l’appareil, chiffrés. Un code de huit caractères les rouvre si le navigateur se ferme. Sans réseau, vous lisez, vous écrivez
                une note, vous joignez une photo, vous répondez à l’évaluation en cours{'\u00a0'}; le bandeau dit depuis quand et combien d’éléments attendent.
                Au retour du réseau, tout part seul.
              </p>
              <p>
                Si un collègue a répondu autrement entre-temps, les deux réponses s’affichent et vous choisissez. Ce qui est refusé reste dans « À envoyer »,
                avec la raison{'\u00a0'}: réessayez, copiez les mots, ou écrivez-les dans un autre volet. Les dossiers s’effacent à l’heure dite, à la
                déconnexion et à la fin de la session{'\u00a0'}; ce que vous avez écrit reste scellé jusqu’à votre prochaine connexion sur cet appareil.
                Appareil perdu{'\u00a0'}? « Mes sessions », puis « Fermer et effacer ».
              </p>
            </Section>
            <Section title="Pourquoi je ne vois pas tout">
              <p>
                Chacun voit les volets que son métier et sa place auprès de la personne lui ouvrent. Ce qui est fermé est annoncé, avec la raison et la façon de
                demander. Chaque ouverture de dossier est tracée, et la personne peut savoir qui a ouvert le sien.
              </p>
              <p>
                Vous prenez en charge maintenant une personne dont le dossier vous est fermé{'\u00a0'}? L’<b>accès exceptionnel</b> (Ctrl K) s’ouvre avec un
                motif, pour 24{'\u00a0'}heures au plus. Votre encadrement et le DAC sont prévenus et le relisent{'\u00a0'}; il figure dans la liste que la
                personne peut lire. Ce qu’elle a refusé reste fermé.
              </p>
            </Section>
            <Section title="L’annuaire et la carte">
              <p>
                Une seule case cherche les professionnels, les structures, les services et les fiches locales{'\u00a0'}: un nom, un métier, une commune, un
                numéro. Depuis un cercle, « Autour de la personne » montre qui est près d’elle. Vos notes restent à votre équipe{'\u00a0'}; une correction vaut
                pour toute la région, avec votre nom, et aucun import ne l’efface. Quand une ligne de votre service sonne, la fiche de qui appelle s’affiche
                d’elle-même.
              </p>
            </Section>
            <Section title="Une urgence">
              <p>
                Jalon n’est pas un moyen d’alerte vitale{'\u00a0'}: composez le <b>15</b>, ou le <b>114</b> par SMS.
              </p>
            </Section>
          </div>
        </Sheet>
      </Columns>
    </Page>
  )
}
