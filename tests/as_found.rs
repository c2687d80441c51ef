//! A client's repository as found, where nobody has said what anything is: what is made of registers, sections and
//! headings in it.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fall, and says where")]

#[expect(dead_code, reason = "these stories need less than the faults do")]
mod support;

use serde_json::Value;
use support::{Assessment, Repo};

const COOKING: &str = "# Soup of the season\n\nPeel the carrots, cut the leek into rings and let both simmer in butter. Add water and salt, cook for twenty minutes, and serve with bread and a little parsley on top of each bowl.\n";

const INCIDENTS: &str = "kind: incident-record\nincidents:\n  - {id: INC-1, date: 2026-01-05, status: closed}\n";

const ACCESS_POLICY: &str = "# Access Control Policy\n\n## Purpose\n\nThis policy applies to all employees. Access to systems is granted on a need-to-know basis.\n\n## Rules\n\nAccounts use multi-factor authentication, privileged access is reviewed every quarter, and access is revoked on the day of departure. Passwords are kept in the password manager.\n";

fn missing<'a>(assessment: &'a Assessment, kind: &str) -> &'a Value {
    assessment["findings"].as_array().unwrap().iter().find(|finding| finding["missing"] == kind).unwrap()
}

fn gap(repo: &Repo) -> String {
    let file = repo.beside("gap.md");
    let run = repo.run(&["gap", ".", "-o", file.to_str().unwrap(), "-q"]);
    assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
    std::fs::read_to_string(file).unwrap()
}

/// A chapter on capacity in a paper on partners may be all that is missing: somebody has to look at it first.
#[test]
fn no_grade_is_raised_where_a_section_of_another_document_is_about_the_sub_clause() {
    let repo = Repo::new();
    repo.write("soup.md", COOKING);
    repo.write("partners.md", "# Working with friends\n\n## Overflow of capacity\n\nWhen more than forty hours a week are asked for, a partner takes over within two days. Capacity planning looks a week ahead.\n\n## Scope of guests\n\nGuests are welcome at any time of the day, and they get a cup of tea.\n");
    let assessment = repo.assess(&[]);
    let found = missing(&assessment, "capacity-requirements");
    assert_eq!((found["grade"].as_str(), &found["grade_reason"]), (Some("minor"), &Value::Null));
    // The paper itself counts as nothing, so that nothing is built on it.
    assert!(assessment.document("partners.md")["not_evidence"].is_string());
    assert_eq!(found.get("build_on"), None);
    // One that is evidence of something else is built on, and of two the one that somebody owns.
    repo.write("access.md", format!("{ACCESS_POLICY}\n## Capacity planning\n\nCapacity planning for all of the access servers looks a whole week ahead.\n"));
    let place = |path: &str, line: u32, section: &str| serde_json::json!({"path": path, "line": line, "section": section});
    assert_eq!(missing(&repo.assess(&[]), "capacity-requirements")["build_on"], place("access.md", 11, "Capacity planning"));
    repo.write(
        "owned.md",
        format!(
            "---\nowner: Jane Doe\n---\n{ACCESS_POLICY}\n## Overflow of capacity\n\nCapacity planning for all of the access servers looks a whole week ahead.\n"
        ),
    );
    assert_eq!(missing(&repo.assess(&[]), "capacity-requirements")["build_on"], place("owned.md", 14, "Overflow of capacity"));
    assert!(gap(&repo).contains("build on `owned.md:14` (section “Overflow of capacity”)"));
    ["access.md", "owned.md"].iter().for_each(|file| std::fs::remove_file(repo.path().join(file)).unwrap());
    // The same words under a heading that says nothing of capacity are in passing.
    repo.write("partners.md", "# Working with friends\n\n## Overflow\n\nWhen more than forty hours a week are asked for, a partner takes over within two days. Capacity planning looks a week ahead.\n");
    let assessment = repo.assess(&[]);
    let found = missing(&assessment, "capacity-requirements");
    assert_eq!((found["grade"].as_str(), found.get("build_on")), (Some("major"), None));
    // What somebody calls no evidence is none.
    repo.write(
        "partners.md",
        "# Working with friends\n\n## Capacity planning\n\nWhen more than forty hours a week are asked for, a partner takes over within two days.\n",
    );
    repo.write("clausewise.yaml", "documents: {not: [partners.md]}\n");
    assert_eq!(missing(&repo.assess(&[]), "capacity-requirements")["grade"], "major");
}

/// Where no record is kept at all, reports and lists that come of the work are kept elsewhere as likely as not: a tracker's
/// known errors weigh no more than its incidents. What has to be written down once weighs as before.
#[test]
fn no_grade_is_raised_for_what_comes_of_work_where_no_record_is_kept() {
    let repo = Repo::new();
    repo.write("soup.md", COOKING);
    let assessment = repo.assess(&[]);
    for kind in ["known-error-register", "problem-effectiveness-report", "demand-report"] {
        let found = missing(&assessment, kind);
        assert_eq!((found["grade"].as_str(), &found["grade_reason"]), (Some("minor"), &Value::Null), "{kind}");
    }
    assert_eq!(missing(&assessment, "fulfilment-instruction")["grade"], "major");
    // Whoever keeps incidents here keeps reports here too.
    repo.write("incidents.yaml", INCIDENTS);
    assert_eq!(missing(&repo.assess(&[]), "demand-report")["grade"], "major");
}

/// A template stands in one list of the report, the one of what counts as nothing.
#[test]
fn a_template_is_in_no_list_of_what_was_found() {
    let repo = Repo::new();
    repo.write("change.md", "# Change management policy\n\nOwner: [Name]\n\nVersion: [Number]\n\nDate: [Date]\n\nEvery change at [Company Name] is asked for in writing, weighed by [Insert role] and approved before it is made. Emergency changes are approved by [Insert role] and written down afterwards.\n");
    repo.write("soup.md", COOKING);
    let report = gap(&repo);
    // What is missing names it, as what is to become that.
    let of_what_is_missing = |line: &&str| line.contains("Not found here: ");
    let rows: Vec<&str> = report.lines().filter(|line| line.starts_with('|') && line.contains("change.md")).filter(|line| !of_what_is_missing(line)).collect();
    assert!(matches!(rows.as_slice(), [row] if row.contains("a template")), "{rows:#?}");
}

/// What is kept under a neighbour's name: parties for customers, assets for configuration items, security incidents for
/// incidents.
#[test]
fn a_document_of_a_near_subject_is_what_something_missing_is_built_on() {
    let repo = Repo::new();
    repo.write("assets.md", "# Asset register\n\nEvery asset has an owner; the asset inventory is checked each quarter and assets are disposed of under control.\n\n| Asset id | Asset type | Asset owner | Location | Status |\n|---|---|---|---|---|\n| A-1 | Laptop | Jane Doe | Leeds | in use |\n| A-2 | Server | Max Roe | York | in use |\n");
    let assessment = repo.assess(&[]);
    let found = missing(&assessment, "configuration-item-register");
    assert_eq!((found["grade"].as_str(), &found["build_on"]["path"]), (Some("minor"), &Value::from("assets.md")));
    assert_eq!(missing(&assessment, "customer-register").get("build_on"), None);
    // An asset register that is declared to be one has been judged as what it is; and records are kept here.
    repo.write("incidents.yaml", INCIDENTS);
    repo.write("clausewise.yaml", "documents: {map: {assets.md: asset-register}}\n");
    assert_eq!(missing(&repo.assess(&[]), "configuration-item-register")["grade"], "major");
}

/// A table of suppliers in a paper that nobody has confirmed settles nothing; the question is then another one.
#[test]
fn a_table_of_suppliers_is_seen_and_another_question_is_asked() {
    let repo = Repo::new();
    let about = |rows: &str| {
        repo.write(
            "who.md",
            format!("# Who works for us\n\nWe look at them every spring and every autumn, and write down here how they did since the last time.\n\n{rows}"),
        );
        let assessment = repo.assess(&[]);
        let found = assessment["requirements"].as_array().unwrap().iter().find(|item| item["id"] == "8.3.4.1-s2").unwrap().clone();
        assert_eq!(found["verdict"], "needs-auditor");
        found["depends_on"].as_str().unwrap().to_owned()
    };
    let two = "| 🏢 **Suppliers** | What they do | Cost |\n|---|---|---|\n| Alpha | hosting | 50 |\n| Beta | telephones | 20 |\n";
    let asked = about(two);
    assert!(asked.contains("It seems that there are external suppliers, by who.md:5") && asked.contains("Which contracts exist"), "{asked}");
    // One row is an example, and a column further right a remark.
    let plain = "Is it so that there are external suppliers?";
    assert_eq!(about("| Supplier | What they do | Cost |\n|---|---|---|\n| Alpha | hosting | 50 |\n"), plain);
    assert_eq!(about("| Cup | Cost | Supplier |\n|---|---|---|\n| Red | 5 | Alpha |\n| Blue | 6 | Beta |\n"), plain);
    repo.write("clausewise.yaml", "documents: {not: [who.md]}\n");
    assert_eq!(about(two), plain);
}

/// The name that most titles share is offered and never taken for granted; a word of the field is no name.
#[test]
fn the_organization_is_named_by_what_most_titles_share() {
    let named = |titles: [&str; 6]| {
        let repo = Repo::new();
        for (number, title) in titles.iter().enumerate() {
            let text =
                format!("# {title}\n\nThis paper number {number} says in a few words what everybody has to know about the matter, and no more than that.\n");
            repo.write(format!("paper-{number}.md"), text);
        }
        gap(&repo).lines().next().unwrap().to_owned()
    };
    let all = ["🔑 Wren24 AB — Cups", "🍵 Wren24 AB — Access Policy", "Wren24 AB — Soup", "Wren24 AB — Bread", "Wren24 AB — Doors", "Cats"];
    assert_eq!(named(all), "# Gap report: Wren24 AB (name to be confirmed)");
    let behind =
        ["Cups | Wren Security Ltd", "Soup | Wren Security Ltd", "Doors | Wren Security Ltd", "Cats | Wren Security Ltd", "Dogs | Wren Security Ltd", "Mice"];
    assert_eq!(named(behind), "# Gap report: Wren Security Ltd (name to be confirmed)");
    let nobody = "# Gap report: organization not yet named";
    for part in ["Policy", "Security", "ISMS", "Information Security Policy", "SOP"] {
        let titles = ["Cups", "Soup", "Doors", "Cats", "Dogs", "Mice"].map(|thing| format!("{part} - {thing}"));
        assert_eq!(named(std::array::from_fn(|index| titles[index].as_str())), nobody, "{part}");
    }
    assert_eq!(named(["Wren24 AB — Cups", "Wren24 AB — Soup", "Wren24 AB — Bread", "Wren24 AB — Doors", "Cats", "Dogs"]), nobody);
}

const ACCESS: &str = "# 🔑 Wren24 AB — Access Control Policy\n\n**Owner:** Jane Doe | **Version:** 2.4\n**Next review:** 2027-06-02\n\nThis policy applies to all employees. Access to systems is granted on a need-to-know basis, privileged access is reviewed every quarter, and access is revoked on the day of departure. Accounts use multi-factor authentication.\n\n";

/// What controls a document is said again at its foot; where the two differ, one is wrong, whatever the document is.
#[test]
fn a_foot_that_contradicts_the_head_is_an_observation() {
    let filler = "All staff keep their passwords in the password manager.\n\n".repeat(60);
    let said = |foot: &str| {
        let repo = Repo::new();
        repo.write("access.md", format!("{ACCESS}{filler}{foot}"));
        let assessment = repo.assess(&[]);
        let all = assessment["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "disagreeing-control-data");
        all.map(|finding| (finding["grade"].as_str().unwrap().to_owned(), finding["message"].as_str().unwrap().to_owned())).collect::<Vec<_>>()
    };
    let foot = "---\n\n**Approved by:** Max Roe  \n**Effective date:** 2026-06-02  \n**⏰ Next review:** 2027-09-02  \n";
    let told = "next review is \"2027-06-02\" in a line of the text (line 4) and \"2027-09-02\" in a line at its foot";
    assert_eq!(said(foot), [("observation".to_owned(), told.to_owned())]);
    assert_eq!(said(&foot.replace("2027-09-02", "2027-06-02")), []);
    // The last entry of a list has a line or two of that sort, and is no foot.
    assert_eq!(said("## R-9 Fire\n\n**Owner:** Max Roe  \n**Status:** open  \n**Next review:** 2026-12-02  \n"), []);
}

/// All links that lead to documents which are not here are one observation, those of what is needed in an emergency first.
#[test]
fn links_to_documents_that_are_not_here_are_told_together() {
    let repo = Repo::new();
    repo.write("access.md", format!("{ACCESS}See [keys](keys.md#all), [the plan](plans/continuity-plan.md), [a picture](img/x.png), [a script](run.sh), [a site](https://example.org/a.md), [below](#x) and [doors](doors.pdf).\n"));
    repo.write("plans/continuity-plan.md", "# Business continuity plan\n\nThe plan is invoked by the crisis manager when a site or a service is lost. Recovery time objectives, contacts and the order of recovery are below; the continuity plan is tested once a year.\n\nSee [who to call](contacts.md) and [access](../access.md).\n");
    repo.write("soup.md", format!("{COOKING}\nMore [bread](bread.md) goes well with it.\n"));
    let assessment = repo.assess(&[]);
    let dead: Vec<&Value> = assessment["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "broken-reference").collect();
    assert_eq!(dead.len(), 1, "{dead:#?}");
    let dead = dead[0];
    assert_eq!(dead["grade"], "observation");
    let told = "3 linked documents are not here: doors.pdf, keys.md and plans/contacts.md; named by 2 documents: plans/continuity-plan.md and access.md";
    assert_eq!(dead["message"], told);
    let listed = ["plans/continuity-plan.md: plans/contacts.md (line 5)", "access.md: doors.pdf (line 8) and keys.md (line 8)"];
    assert_eq!(dead["folded"], serde_json::json!(listed));
    assert_eq!(dead["location"]["path"], "plans/continuity-plan.md");
    // Where somebody says what they are, each link is told where it stands.
    repo.write("clausewise.yaml", "documents: {map: {access.md: security-control-document, plans/continuity-plan.md: service-continuity-plan}}\n");
    let assessment = repo.assess(&[]);
    assert!(assessment["findings"].as_array().unwrap().iter().all(|finding| !finding["message"].as_str().unwrap().contains("linked documents")));
}

/// A heading with the word of a subject in it may be about anything.
#[test]
fn nothing_missing_is_built_on_a_section_about_something_else() {
    let repo = Repo::new();
    let page = |heading: &str, text: &str| format!("---\nowner: Jane Doe\n---\n{ACCESS_POLICY}\n## {heading}\n\n{text}\n");
    let threats = "Before the meeting the team agrees which diagrams and components it will go through, who takes part, and how long it may take.";
    repo.write("access.md", page("Workshop Scope Definition", threats));
    assert_eq!(missing(&repo.assess(&[]), "scope-statement").get("build_on"), None);
    let named = "Scope of the service management system";
    repo.write("access.md", page(named, "The system covers all services that we deliver to customers from our site in York."));
    let place = serde_json::json!({"path": "access.md", "line": 14, "section": named});
    assert_eq!(missing(&repo.assess(&[]), "scope-statement")["build_on"], place);
}

/// Whoever writes down that reviews are held each quarter may keep what came of them elsewhere: nothing is built on that, and
/// the records are asked for.
#[test]
fn where_a_text_says_that_something_is_done_its_records_are_asked_for() {
    let repo = Repo::new();
    let page = |heading: &str| format!("---\nowner: Jane Doe\n---\n{ACCESS_POLICY}\n## {heading}\n\nJane Doe looks at risks, metrics and incidents.\n");
    repo.write("access.md", page("Quarterly Management Review"));
    let place = serde_json::json!({"path": "access.md", "line": 14, "section": "Quarterly Management Review", "only_says_so": true});
    assert_eq!(missing(&repo.assess(&[]), "management-review-record")["build_on"], place);
    assert!(gap(&repo).contains("ask for what was kept by `access.md:14` (section “Quarterly Management Review”)"));
    assert_eq!(missing(&repo.assess(&[]), "internal-audit-report").get("build_on"), None);
    repo.write("access.md", page("Quarterly review"));
    assert_eq!(missing(&repo.assess(&[]), "management-review-record").get("build_on"), None);
}

/// An incident is called after what broke; that it is one, its folder says, and its day.
#[test]
fn a_dated_file_in_a_folder_of_records_is_one_of_them() {
    let repo = Repo::new();
    let text = "# Load balancer misconfiguration\n\nPages could not be reached in the morning. The rule was taken back, and the pages came back with it. Updates of both were checked afterwards.\n";
    for path in [
        "incidents/2026-01-12-load-balancer.md",
        "incidents/2026/01/2026-01-13-load-balancer.md",
        "incidents/load-balancer.md",
        "pages/2026-01-12-load-balancer.md",
    ] {
        repo.write(path, text);
    }
    repo.write("board/minutes/2026/2026-02-03-call.md", "# Call of 3 February\n\nPresent were all five. The report of the treasurer was taken note of, and the new pages were agreed. The next call is in April.\n");
    repo.write("incidents/README.md", "# What lies here 2026\n\nA file for each day on which something broke.\n");
    let run = repo.run(&["map", "--format", "json"]);
    let map: Value = serde_json::from_str(&run.stdout).unwrap();
    let kinds: std::collections::BTreeMap<&str, Option<&str>> = map["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| (document["path"].as_str().unwrap(), document["candidates"][0]["documented_information"].as_str()))
        .collect();
    let found: Vec<&str> = kinds.iter().filter(|(_, kind)| **kind == Some("incident-record")).map(|(path, _)| *path).collect();
    assert_eq!(found, ["incidents/2026-01-12-load-balancer.md", "incidents/2026/01/2026-01-13-load-balancer.md"], "{kinds:?}");
    assert_eq!(kinds["board/minutes/2026/2026-02-03-call.md"], Some("management-review-record"), "{kinds:?}");
}

/// Site generators put text four columns in, which Markdown calls code, and the title of the manual over each of its parts.
#[test]
fn a_page_of_a_site_generator_is_read_and_is_called_by_its_own_title() {
    let repo = Repo::new();
    let tabs = "# REF-04: Quality Policy\n\n=== \"Quick\"\n\n    We commit ourselves to services that our customers can rely on, to meeting all requirements, and to improving what we do year by year. Every employee knows this policy, and management reviews it each year.\n\n    ## What it asks\n\n    Objectives are set by this policy and measured. See the [plan](plan.md).\n";
    repo.write("quality.md", tabs);
    repo.write("change.md", "---\ntitle: Handbook of Alder\nsubtitle: Change management policy\n---\n\nEvery change is asked for in writing, weighed by the owner of the service and approved before it is made. Emergency changes are approved by the manager on duty and written down afterwards.\n");
    let assessment = repo.assess(&[]);
    let quality = assessment.document("quality.md");
    assert_eq!(quality.get("not_evidence"), None, "{quality}");
    let broken = assessment.findings("broken-reference", "quality.md");
    assert_eq!(broken.iter().map(|finding| finding["location"]["line"].as_u64().unwrap()).collect::<Vec<_>>(), [9], "its links count, on their line");
    let change = assessment.document("change.md");
    assert_eq!(change["title"], "Handbook of Alder: Change management policy");
    assert!(change.to_string().contains("change-management-policy"), "{change}");
}

/// The half that is public speaks of the half that is not: before anything is called missing, somebody has to ask for it.
#[test]
fn what_documents_say_is_kept_elsewhere_is_told_on_the_first_page() {
    let repo = Repo::new();
    repo.write("access.md", format!("{ACCESS_POLICY}\n## Where it is kept\n\nThe unredacted version is maintained in our private repository.\n"));
    let report = gap(&repo);
    let summary = report.split("## Executive summary").nth(1).unwrap().split("## Picture").next().unwrap();
    assert!(summary.contains("A document says (access.md:13) that more is kept than is here"), "{summary}");
    // Values taken out say the same.
    repo.write("access.md", format!("{ACCESS_POLICY}\n## Accounts\n\nThe account is [REDACTED], and each access to it is logged.\n"));
    assert!(gap(&repo).contains("A document says (access.md:13) that more is kept than is here"));
    // A page that is evidence for nothing, and rules on where code is kept, say nothing of it.
    repo.write(
        "install.md",
        "# Installing the player\n\nThe unredacted version of the log is printed where the player is started from a private repository of packages.\n",
    );
    repo.write("access.md", format!("{ACCESS_POLICY}\n## Code\n\nAll source code is stored in a private repository, and two people review it.\n"));
    assert!(!gap(&repo).contains("that more is kept than is here"));
}

/// Who is alone holds every post that is proposed, and cannot audit any of them.
#[test]
fn that_the_organization_is_one_person_is_told_with_its_line() {
    let repo = Repo::new();
    repo.write("access.md", ACCESS_POLICY);
    assert!(gap(&repo).contains("Who begins (proposed, nobody is named yet)"));
    repo.write("README.md", "# Halden Works\n\nOur rules.\n\nHalden Works is a one-person company: Ann Lee does all of it.\n");
    assert!(gap(&repo).contains("These are roles of one person, as README.md:5 says; an internal audit needs somebody else."));
}

/// A form has the title of the record and holds none; filled in for a day it is one. An empty file has not even a title.
#[test]
fn a_form_is_no_record_and_an_empty_file_is_called_empty() {
    let repo = Repo::new();
    let fields = "## Incident\n\nReported by:\n\nService affected, impact and urgency:\n\n## Timeline\n\nWhen it was detected, escalated, mitigated and resolved:\n\n## Root cause\n\nWhat caused the incident, and what is done so that the outage does not come again:\n";
    repo.write("incident-report-form.md", format!("# Incident report form\n\n{fields}"));
    repo.write("incident-report-2026-03-04.md", format!("# Incident report 2026-03-04\n\n{fields}"));
    repo.write("nothing.md", "");
    // What it asks for would be a record of a decision; who fills in the other one first of all gives it a title.
    let asks = "## Request\n\nWho asks, and for which system: access control, encryption of data, passwords, information security risk.\n\n## Decision\n\nThe security officer approves, and the exception is reviewed every year.\n";
    repo.write("exception-form.md", format!("# Security policy exception request form\n\n{asks}"));
    repo.write(
        "policy-template.md",
        format!("# [Policy name]\n\n## Version history\n\nDocument owner, approval, review cycle and version of the document.\n\n{asks}"),
    );
    repo.write("access-policy-template.md", ACCESS_POLICY.replacen("# ", "# Template: ", 1));
    let assessment = repo.assess(&[]);
    let document = |path: &str| assessment.document(path).clone();
    assert_eq!(document("incident-report-form.md")["not_evidence"], "a form: what it asks for would be a record once it is filled in");
    assert_eq!(document("incident-report-form.md")["documented_information"], serde_json::json!([]));
    assert_eq!(document("incident-report-2026-03-04.md").get("not_evidence"), None);
    for form in ["exception-form.md", "policy-template.md"] {
        assert_eq!(document(form)["documented_information"], serde_json::json!([]), "{form}");
    }
    assert_eq!(document("access-policy-template.md")["documented_information"][0]["id"], "security-control-document");
    assert_eq!(document("nothing.md")["not_evidence"], "empty: nothing is written in it");
}

/// A page that only speaks of security in passing is none of it; under a title that says so it is. And a folder's first page
/// of a few lines leads to what the folder holds.
#[test]
fn a_broad_subject_in_passing_and_a_short_first_page_are_not_enough() {
    let repo = Repo::new();
    let duty = "All staff must report to their manager, and the management shall see to it; our team is responsible for it every year. ".repeat(4);
    let rules = "Passwords are not shared, access to information systems is granted by the manager, and sensitive data are encrypted. Multi-factor authentication is used for remote access. ";
    let text = format!("## Passwords\n\n{rules}{duty}\n\n## Encryption\n\n{rules}{duty}\n");
    repo.write("notes.md", format!("# Things to keep in mind\n\n{text}"));
    let explained = |path: &str| repo.run(&["map", "--explain", path]).stdout;
    assert!(explained("notes.md").contains("Counts as no evidence: too little in it speaks of any subject"), "{}", explained("notes.md"));
    repo.write("notes.md", format!("# Password rules\n\n{text}"));
    assert!(explained("notes.md").contains("Seems to be: Topic policy or standard of information security"), "{}", explained("notes.md"));
    let factor = "the short first page of a folder";
    repo.write("risk/index.md", "# Risks\n\nThis folder holds the risk register, the risk assessment method and the risk treatment plan of the whole firm.\n");
    assert!(explained("risk/index.md").contains(factor), "{}", explained("risk/index.md"));
    repo.write(
        "risk/index.md",
        format!("# Risks\n\n{}", "Risks are assessed every year by all owners of processes, and go to the management with the plan.\n\n".repeat(12)),
    );
    assert!(!explained("risk/index.md").contains(factor));
}

/// A set of policies with `<ORG_NAME>` where the name belongs is begun and not written: the first page says so, what is missing
/// names the template that is to become it, and no template is proposed as what something could be.
#[test]
fn a_template_whose_names_stand_in_capitals_is_begun_and_no_evidence() {
    let policy = |name: &str, rest: &str| {
        format!(
            "# <ORG_NAME> – <ISMS_NAME> {name}\n\n**Version:** <VERSION_NUMBER>\n\n**Approved by:** <APPROVAL_BODY>\n\n## Purpose\n\nThis policy sets how <ORG_NAME> manages changes in the scope of its services.\n\n## Rules\n\n{rest}\n"
        )
    };
    let rules = "A change is a standard change, a normal change or an emergency change. Every change is requested, assessed, approved by the <GOVERNANCE_BODY> and recorded. Changes to firewalls need a request for change.";
    let repo = Repo::new();
    repo.write("policies/change.md", policy("Change Management Policy", rules));
    repo.write("policies/repositories.md", policy("GitOps Change Management Procedure", rules));
    repo.write("access.md", ACCESS_POLICY);
    let assessment = repo.assess(&[]);
    let template = assessment.document("policies/change.md");
    assert!(template["to_fill_in"].as_u64().unwrap() >= 4, "{template}");
    assert!(template["not_evidence"].as_str().unwrap().starts_with("a template: "));
    let found = missing(&assessment, "change-management-policy");
    assert_eq!(found["location"]["path"], "policies/change.md");
    assert!(found["message"].as_str().unwrap().ends_with("; policies/change.md is a template"), "{found}");
    assert_eq!(assessment.document("access.md").get("to_fill_in"), None);
    let page = gap(&repo);
    assert!(
        page.contains("What is begun: 2 documents are templates whose places still wait for values (policies/change.md and policies/repositories.md)."),
        "{page}"
    );
    // Filled in, it is evidence, and nothing is begun.
    for file in ["policies/change.md", "policies/repositories.md"] {
        let text = std::fs::read_to_string(repo.path().join(file)).unwrap();
        repo.write(
            file,
            ["ORG_NAME", "ISMS_NAME", "VERSION_NUMBER", "APPROVAL_BODY", "GOVERNANCE_BODY"]
                .iter()
                .fold(text, |text, name| text.replace(&format!("<{name}>"), "Acme")),
        );
    }
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.document("policies/change.md").get("not_evidence"), None);
    assert!(!gap(&repo).contains("What is begun"));
}

/// A list of what 7.5.4 wants tells of each thing what is known of that thing.
#[test]
fn what_could_be_one_of_several_things_is_told_at_that_thing() {
    let repo = Repo::new();
    repo.write("change.md", "# Change management process\n\n## Scope\n\nWhich configuration items are under change control: all servers and services.\n\n## Categories of change\n\nThere are standard changes, normal changes and emergency changes. Every request for change is assessed, approved and recorded.\n\n## Major impact\n\nCriteria for a change with major impact on customers or services: more than one service or more than an hour of outage.\n");
    let page = gap(&repo);
    let row = page.lines().find(|line| line.starts_with("| 7.5.4-d | Change management policy |")).unwrap();
    assert!(row.contains("could be"), "{row}");
    assert!(!row.contains("not found"), "{row}");
}

/// Rows and items have few small words in any language: a list of servers in plain English passed for a foreign text. Thai sets
/// no spaces, and few "words" of it are much text.
#[test]
fn a_list_of_names_is_in_no_foreign_language() {
    let rows: String = (1..=30)
        .map(|number| format!("| APP{number:02} | application server | rack {number} | Windows Server 2022 | backup daily | patch group B |\n"))
        .collect();
    let items: String = (1..=20)
        .map(|number| format!("- Ticket T{number} mailbox migration finished, user account created, licence assigned, laptop shipped, telephone ported\n"))
        .collect();
    let repo = Repo::new();
    repo.write("servers.md", format!("# Servers\n\n| Name | Role | Place | System | Copies | Patches |\n|---|---|---|---|---|---|\n{rows}"));
    repo.write("tickets.md", format!("# Tickets\n\n{items}"));
    repo.commit("2026-02-01");
    assert!(!repo.run(&["map", "."]).stdout.contains("without a vocabulary"), "{}", repo.run(&["map", "."]).stdout);
    repo.write(
        "thai.md",
        format!(
            "# \u{e1a}\u{e31}\u{e0d}\u{e0a}\u{e35}\n\n{}\n",
            "\u{e1a}\u{e31}\u{e0d}\u{e0a}\u{e35}\u{e16}\u{e39}\u{e01}\u{e1a}\u{e38}\u{e01}\u{e23}\u{e38}\u{e01} ".repeat(80)
        ),
    );
    repo.commit("2026-02-02");
    assert!(repo.run(&["map", "."]).stdout.contains("1 document is in a language without a vocabulary"), "{}", repo.run(&["map", "."]).stdout);
}

/// A handbook of incident response with its slides had a hundred incident processes, each a picture.
#[test]
fn a_picture_of_a_page_is_an_illustration_and_a_scan_is_not() {
    let repo = Repo::new();
    repo.write("response.md", "# Incident response\n\nWe record, classify and solve incidents by this process. ![roles](img/incident-response.png)\n");
    for path in [
        "img/incident-response.png",
        "docs/assets/slides/incident_response.001.jpeg",
        "static/incident-management-process.jpg",
        "scans/change-management-policy.png",
    ] {
        repo.write(path, "\u{89}PNG");
    }
    repo.commit("2026-02-01");
    let map: Value = serde_json::from_str(&repo.run(&["map", "--format", "json", "."]).stdout).unwrap();
    let seen: Vec<&str> = map["documents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|document| !document["candidates"].as_array().unwrap().is_empty())
        .map(|document| document["path"].as_str().unwrap())
        .filter(|path| !path.ends_with(".md"))
        .collect();
    assert_eq!(seen, ["scans/change-management-policy.png"]);
    let why = repo.run(&["map", "--explain", "img/incident-response.png", "."]).stdout;
    assert!(why.contains("a picture among those of pages or slides"), "{why}");
}
