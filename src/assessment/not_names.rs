//! Words by which posts, groups, areas of work and parties are called, and persons hardly ever. Whoever bears one as a family
//! name ("Baker" is none of them, "Chair" is) is not left out of a report; that price is paid for roles that can be read.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::vocabulary::plain;

/// Posts.
const POSTS: &str = "accountant administrator administrators admin advisor adviser agent agents analyst analysts approver approvers architect \
    architects assessor assistant associate auditor auditors author authority board boards buyer ceo cfo chair chairman chairperson chief ciso cio coo \
    consultant consultants contact contractor contractors controller coordinator cto custodian delegate deputies deputy designer developer developers \
    director directors dpo employee employees engineer engineers executive executives expert experts generalist head heads holder holders implementer \
    inspector intern lead leader leaders leads lawyer librarian maintainer maintainers management manager managers master member members officer \
    officers operator operators owner owners partner partners planner practitioner president principal professional programmer representative \
    requester responsible reviewer secretary signatory specialist specialists sponsor staff steward stewards superintendent supervisor \
    supervisors technician technicians tester trainer trainers treasurer vice worker";

/// Groups and parties.
const GROUPS: &str = "all any anyone associates audit bodies body bot bureau cab client clients colleagues committee community company companies \
    consumers corporation council crew customer customers department departments desk desks division ecab everybody everyone external firm function \
    functions group groups guild household internal nobody office offices organisation organization panel parties party people personnel pool \
    provider providers registrar section shift shifts somebody squad stakeholders subcontractor supplier suppliers task team teams third tribe unit units \
    user users vendor vendors workforce ltd limited plc llc llp inc gmbh ag kg se sa sarl sas bv nv oy ab co corp pty";

/// Areas of work.
const WORK: &str = "access account accounts advisory application applications architecture area asset assets assurance automated automatic availability backup \
    board budget business capacity catalogue change changes channel cloud commercial communication communications competence compliance computing \
    configuration continuity contract contracts control controls core corporate crisis cyber data database databases delivery demand deployment design \
    development devops digital docs document documentation documents duty emergency engineering enterprise escalation event events facilities facility finance \
    financial first second front frontline governance hardware health helpdesk hosting hr human improvement incident incidents information infrastructure \
    integration it itsm knowledge legal level licence logistics mail maintenance marketing measurement monitoring network networking networks \
    on-call oncall operation operational operations performance platform platforms policies policy portfolio problem problems process \
    processes procurement product production products program programme project projects property purchasing quality record records recovery relations \
    relationship relationships release releases reporting reports request requests research resource resources response review risk risks safety \
    sales secretariat security server service services site sms software solutions sourcing standards storage strategy subject support system \
    systems technical technology telecom test testing top training transformation transition warehouse web workplace workshop n/a various \
    same as above yes no draft approved pending unknown unassigned the";

/// The commonest of other languages that the map knows.
const OTHER_LANGUAGES: &str = "abteilung abteilungsleiter abteilungsleiterin ansprechpartner anwender auftraggeber ausschuss beauftragte beauftragter bereich \
    bereichsleiter betrieb betriebsrat dienst dienstleister einkauf fachbereich gremium gruppe geschaftsfuhrer geschaftsfuhrung geschaftsleitung kunde \
    kunden leiter leiterin leitung lieferant mitarbeiter qualitatsmanagement referat stab stelle technik verantwortliche verantwortlicher vertrieb \
    verwaltung vorstand comite chef cheffe client conseil cellule departement directeur directrice direction equipe fournisseur gestionnaire pole \
    prestataire responsable service cliente clientes comision consejo coordinador coordinadora departamento direccion directora encargado equipo \
    gerente grupo jefa jefe oficina proveedor responsables servicio unidad";

static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| [POSTS, GROUPS, WORK, OTHER_LANGUAGES].iter().flat_map(|list| list.split_whitespace()).collect());

/// Whether a word is one by which posts, groups, areas of work or parties are called.
pub(super) fn is_word_of_posts(word: &str) -> bool {
    let without_accents: String = word.nfd().filter(|character| !is_combining_mark(*character)).collect();
    plain(&without_accents).split(' ').any(|part| WORDS.contains(part))
}
