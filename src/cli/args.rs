//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::framework::{AuditId, Grade};
use crate::report::Form;

/// Reads a repository of service management documents and says what they support of ISO/IEC 20000-1:2018.
#[derive(Debug, Parser)]
#[command(
    name = "clausewise",
    version,
    about,
    long_about = None,
    after_help = "Examples:\n  clausewise gap .                      gap report of the repository you stand in\n  clausewise check . --fail-on major    for CI: exit code 1 on a major finding\n  clausewise explain 8.6.1-s3           what a requirement asks, and what counts as evidence"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// Day of the assessment, the only clock [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub(super) as_of: Option<String>,
    /// Read this commit instead of the working tree
    #[arg(long, global = true, value_name = "REV")]
    pub(super) rev: Option<String>,
    /// Use this configuration file
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(long, global = true)]
    pub(super) no_config: bool,
    /// Clause map: its id, or a folder with one of your own
    #[arg(long, global = true, value_name = "ID|DIR", default_value = "iso20000-1-2018")]
    pub(super) framework: String,
    /// Colour the output
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto)]
    pub(super) color: ColorChoice,
    /// Say less
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Say more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
    /// End the run after so many seconds with exit code 3
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 300)]
    pub(super) timeout: u64,
    /// Threads to use [default: one for each core]
    #[arg(short, long, global = true, value_name = "N")]
    pub(super) jobs: Option<usize>,
    /// The repository is not trusted: its configuration may not soften the verdict
    #[arg(long, global = true)]
    pub(super) untrusted: bool,
    /// Accept a shallow clone: what needs history stays "not assessed" and is no reason for exit code 3
    #[arg(long, global = true)]
    pub(super) allow_shallow: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// For CI: assess, print findings, exit by them
    Check(Check),
    /// For consultants: the gap report
    Gap(Gap),
    /// For certification bodies: the Statement of Applicability, a statement of who performs what
    Soa(Soa),
    /// For auditors: the checklist of an audit, with evidence found so far, record samples and earlier findings
    Checklist(Checklist),
    /// For documents that carry no annotation: what each seems to be, and the mapping to confirm
    Map(Map),
    /// For newcomers: write clausewise.yaml from what is there, and stubs for what is missing
    Init(Init),
    /// For auditors: read a filled-in checklist back into assessments/
    Import(Import),
    /// What a clause, requirement, rule or kind of documented information asks, and what counts as evidence
    Explain(Explain),
    /// The clause map: list it, or check one of your own
    Clauses(Clauses),
    /// The rules, with their grades and requirements
    Rules,
    /// JSON Schemas of clause map files, for editors, and of deliverables, for programs
    Schema(Schema),
    /// Completions for a shell
    Completions(Completions),
    /// The manual page
    Man,
}

/// `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Folder in a Git repository, plain folder, or bare repository
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,
    /// Lowest grade that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Minor)]
    pub(super) fail_on: FailOn,
    /// Only these rules, requirements or clauses
    #[arg(long, value_name = "RULE|CLAUSE")]
    pub(super) select: Vec<String>,
    /// Not these rules, requirements or clauses
    #[arg(long, value_name = "RULE|CLAUSE")]
    pub(super) ignore: Vec<String>,
}

/// Forms of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people.
    Text,
    /// The whole assessment.
    Json,
    /// One finding a line.
    Jsonl,
    /// For a job summary.
    Markdown,
}

/// Thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Only major.
    Major,
    /// Minor and above.
    Minor,
    /// Observations and above.
    Observation,
    /// Anything.
    Opportunity,
    /// Nothing.
    Never,
}

impl FailOn {
    pub(super) fn grade(self) -> Option<Grade> {
        match self {
            Self::Major => Some(Grade::Major),
            Self::Minor => Some(Grade::Minor),
            Self::Observation => Some(Grade::Observation),
            Self::Opportunity => Some(Grade::Opportunity),
            Self::Never => None,
        }
    }
}

/// What every deliverable can be asked.
#[derive(Debug, Args)]
pub(super) struct Deliver {
    /// Folder in a Git repository, plain folder, or bare repository
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Write it to this file; its ending names the form (repeatable: several forms in one run)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Vec<PathBuf>,
    /// Form, where no file names it
    #[arg(long, value_enum)]
    pub(super) format: Option<DeliverFormat>,
    /// Templates of your own, in front of the built-in ones file by file
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
    /// Leave out the names of persons
    #[arg(long)]
    pub(super) redact: bool,
    /// In CSV, leave cells that look like formulas as they are
    #[arg(long)]
    pub(super) csv_raw: bool,
}

/// Forms of deliverables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DeliverFormat {
    /// Markdown.
    Md,
    /// One self-contained page.
    Html,
    /// Excel.
    Xlsx,
    /// Word.
    Docx,
    /// The main table.
    Csv,
    /// For programs.
    Json,
}

impl From<DeliverFormat> for Form {
    fn from(format: DeliverFormat) -> Self {
        match format {
            DeliverFormat::Md => Self::Md,
            DeliverFormat::Html => Self::Html,
            DeliverFormat::Xlsx => Self::Xlsx,
            DeliverFormat::Docx => Self::Docx,
            DeliverFormat::Csv => Self::Csv,
            DeliverFormat::Json => Self::Json,
        }
    }
}

/// `gap`.
#[derive(Debug, Args)]
pub(super) struct Gap {
    #[command(flatten)]
    pub(super) deliver: Deliver,
    /// Say what changed since this commit
    #[arg(long, value_name = "REV")]
    pub(super) since: Option<String>,
}

/// `checklist`.
#[derive(Debug, Args)]
pub(super) struct Checklist {
    #[command(flatten)]
    pub(super) deliver: Deliver,
    /// Kind of audit
    #[arg(long, value_enum, default_value_t = Audit::Internal)]
    pub(super) audit: Audit,
    /// Only this clause and what lies below it (repeatable)
    #[arg(long, value_name = "CLAUSE")]
    pub(super) clause: Vec<String>,
    /// Only this process, by its id, name or sub-clause (repeatable)
    #[arg(long, value_name = "PROCESS")]
    pub(super) process: Vec<String>,
    /// Who audits: held against the owners and records of what is audited
    #[arg(long, value_name = "NAME")]
    pub(super) auditor: Option<String>,
    /// Group the rows
    #[arg(long, value_enum, default_value_t = By::Clause)]
    pub(super) by: By,
    /// Seed of the record samples [default: the day of the assessment]
    #[arg(long, value_name = "TEXT")]
    pub(super) seed: Option<String>,
    /// For surveillance: year of the cycle, 1 or 2 [default: by the day of certification, where a document tells it]
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(super) year: Option<u8>,
    /// Carry in earlier findings that were found or closed since this day; open ones always are
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) previous_since: Option<String>,
}

/// Kinds of audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Audit {
    /// By the organization itself.
    Internal,
    /// First part of a certification audit: areas of concern, no grades.
    Stage1,
    /// Second part of a certification audit.
    Stage2,
    /// Between certification audits: the core and half of clause 8.
    Surveillance,
    /// Before the certificate expires.
    Recertification,
}

impl From<Audit> for AuditId {
    fn from(audit: Audit) -> Self {
        match audit {
            Audit::Internal => Self::Internal,
            Audit::Stage1 => Self::Stage1,
            Audit::Stage2 => Self::Stage2,
            Audit::Surveillance => Self::Surveillance,
            Audit::Recertification => Self::Recertification,
        }
    }
}

/// How rows are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    /// By sub-clause.
    Clause,
    /// By process.
    Process,
}

/// `soa`.
#[derive(Debug, Args)]
pub(super) struct Soa {
    #[command(flatten)]
    pub(super) deliver: Deliver,
    /// List the requirements of each sub-clause too (spreadsheets and JSON always hold them)
    #[arg(long)]
    pub(super) items: bool,
}

/// `map`.
#[derive(Debug, Args)]
pub(super) struct Map {
    /// Folder in a Git repository, plain folder, or bare repository
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Form of the proposal
    #[arg(long, value_enum, default_value_t = MapFormat::Text)]
    pub(super) format: MapFormat,
    /// List every document, the ones passed over with the reason
    #[arg(long)]
    pub(super) all: bool,
    /// Show how the points of one document come about
    #[arg(long, value_name = "PATH", conflicts_with = "write")]
    pub(super) explain: Option<String>,
    /// Put the proposal into clausewise.yaml, and leave everything else in that file as it is
    #[arg(long)]
    pub(super) write: bool,
    /// With --write: take over what is at least this sure
    #[arg(long, value_enum, value_name = "SURE", default_value_t = Sure::High)]
    pub(super) at_least: Sure,
    /// With --write: these files are no evidence (a pattern, repeatable)
    #[arg(long, value_name = "PATTERN", requires = "write")]
    pub(super) not: Vec<String>,
}

/// `init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder that becomes the root of the service management system
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Name of the organization
    #[arg(long, value_name = "NAME")]
    pub(super) organization: Option<String>,
    /// Add a stub for each document that clause 7.5.4 asks for and that is not there; never over an existing file
    #[arg(long)]
    pub(super) scaffold: bool,
}

/// `import`.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The checklist that was filled in: .xlsx, .ods, .csv or .md
    pub(super) file: PathBuf,
    /// Folder in a Git repository, or plain folder
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Take over the rows that are valid, and list each one that is refused
    #[arg(long)]
    pub(super) partial: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Who answered, where a row has a result and names no auditor
    #[arg(long, value_name = "NAME")]
    pub(super) assessor: Option<String>,
    /// Name of the audit, by which the file in assessments/ is named [default: the kind of audit]
    #[arg(long, value_name = "NAME")]
    pub(super) audit: Option<String>,
    /// Write the answers to this file below the root
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// Forms of `map`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MapFormat {
    /// A table for people.
    Text,
    /// For machines.
    Json,
}

/// How sure a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sure {
    /// Title and text agree.
    High,
    /// The title or the columns say so.
    Medium,
    /// Only the text says so.
    Low,
}

/// `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A clause (8.6.1), a requirement (8.6.1-s3), a rule or a kind of documented information (service-catalogue)
    pub(super) id: String,
}

/// `clauses`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Clauses {
    #[command(subcommand)]
    pub(super) action: Option<ClausesAction>,
    /// List the kinds of documented information instead
    #[arg(long)]
    pub(super) kinds: bool,
}

/// What to do with a clause map.
#[derive(Debug, Subcommand)]
pub(super) enum ClausesAction {
    /// Verify a clause map of your own and report every fault with its line
    Check {
        /// Folder of the map
        dir: PathBuf,
    },
}

/// `schema`.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which file of a clause map (framework, clauses, documented-information, rule, subjects, vocabulary, audits), or which output (assessment, soa, checklist)
    pub(super) name: String,
}

/// `completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}
