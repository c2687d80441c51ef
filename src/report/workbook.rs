//! Tables without a form: what a deliverable says row by row, for spreadsheets and CSV.

/// A deliverable as sheets. The first sheet with [`Sheet::is_register`] is the one that a CSV file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// Its title, for the properties of the file.
    pub title: String,
    /// In the order of the tabs.
    pub sheets: Vec<Sheet>,
    /// What a reader of the file must know to read it back: names and values of the hidden sheet `_meta`.
    pub meta: Vec<(String, String)>,
}

/// One sheet: a table under one row of heads.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Name of the tab: at most 31 characters, none of `[]:*?/\`.
    pub name: String,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Rows, top to bottom; each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Number of leading columns that stay in sight.
    pub frozen_columns: u16,
    /// Whether it is the table that a CSV file holds.
    pub is_register: bool,
    /// Charts beside the table.
    pub charts: Vec<Chart>,
    /// Why its rows are not printed: what they say to people stands elsewhere. Empty where they are.
    pub off_paper: String,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head; unique within the sheet.
    pub head: String,
    /// Its width in characters.
    pub width: f64,
    /// What its cells hold.
    pub content: Content,
    /// Whether it is printed. What only programs need stands at the end of a sheet and is not.
    pub on_paper: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text, wrapped.
    Text,
    /// An id, a path, a word: never wrapped.
    Word,
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// The word of a grade, coloured by it.
    Grade,
    /// The word of a verdict, coloured by it.
    Verdict,
    /// To be filled in by a person.
    Blank,
    /// To be chosen by a person out of these words.
    Choice(Vec<String>),
    /// A day, to be filled in by a person.
    BlankDate,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text. Always text, never a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(jiff::civil::Date),
}

/// A chart beside a sheet's table, over columns of that sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Bars or radar.
    pub form: ChartForm,
    /// Its title.
    pub title: String,
    /// Index of the column with the categories.
    pub categories: u16,
    /// Indices of the columns with the values; each is a series named by its head.
    pub values: Vec<u16>,
    /// First and last row of the table that it draws, counted from 0.
    pub rows: (u32, u32),
    /// Where the axis of values ends, where that is known: shares end at 100.
    pub most: Option<u32>,
}

/// Form of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartForm {
    /// Horizontal bars.
    Bars,
    /// A radar.
    Radar,
}

impl Cell {
    /// Text, or nothing where the text is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A count.
    #[expect(clippy::cast_precision_loss, reason = "counts of findings and requirements fit a double exactly")]
    pub fn number(number: usize) -> Self {
        Self::Number(number as f64)
    }

    /// What a CSV file shows.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
        }
    }
}

impl Column {
    /// A column.
    pub fn new(head: &str, width: f64, content: Content) -> Self {
        Self { head: head.to_owned(), width, content, on_paper: true }
    }

    /// The same column, in the file and not on paper.
    pub fn off_paper(self) -> Self {
        Self { on_paper: false, ..self }
    }
}

impl Sheet {
    /// A sheet without charts whose first column stays in sight.
    pub fn new(name: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        Self { name: name.to_owned(), columns, rows, frozen_columns: 1, is_register: false, charts: Vec::new(), off_paper: String::new() }
    }

    /// The same sheet with its rows in the file and not on paper, and why.
    pub fn off_paper(mut self, why: &str) -> Self {
        why.clone_into(&mut self.off_paper);
        self
    }

    /// The same sheet as the one that a CSV file holds.
    pub fn register(mut self) -> Self {
        self.is_register = true;
        self
    }
}
