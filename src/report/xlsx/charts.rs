//! Native charts beside a table; whoever changes the table sees them change.

use rust_xlsxwriter::{
    Chart as Drawn, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType,
    Color,
};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::workbook::{Chart, ChartForm, Sheet};
use super::names::line;
use super::style::Styles;

/// Width and height of a chart, and the space below it, in pixels.
const SIZE: (u32, u32, u32) = (560, 380, 16);
/// Lines behind the data.
const GRID: u32 = 0xD5_DBE3;

/// Puts the charts of a sheet to the right of its table, one below the other.
pub(super) fn insert(worksheet: &mut Worksheet, sheet: &Sheet, name: &str, styles: &Styles) -> Result<(), XlsxError> {
    let column = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX - 1) + 1;
    for (index, chart) in (0_u32..).zip(&sheet.charts) {
        worksheet.insert_chart_with_offset(1, column, &drawn(chart, name, styles), 0, index * (SIZE.1 + SIZE.2))?;
    }
    Ok(())
}

fn drawn(chart: &Chart, sheet: &str, styles: &Styles) -> Drawn {
    let mut drawn = Drawn::new(match chart.form {
        ChartForm::Bars => ChartType::Bar,
        ChartForm::Radar => ChartType::RadarWithMarkers,
    });
    // The first row of the sheet is the head.
    let (first, last) = (chart.rows.0 + 1, chart.rows.1 + 1);
    for (index, column) in chart.values.iter().enumerate() {
        let colour = styles.series(index);
        let series = drawn.add_series();
        series.set_name((sheet, 0, *column));
        series.set_categories((sheet, first, chart.categories, last, chart.categories));
        series.set_values((sheet, first, *column, last, *column));
        match chart.form {
            ChartForm::Bars => {
                series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour))).set_gap(60);
            }
            ChartForm::Radar => {
                let mut marker = ChartMarker::new();
                // A form of its own for each line: colours alone do not print.
                let forms = [ChartMarkerType::Circle, ChartMarkerType::Square, ChartMarkerType::Triangle, ChartMarkerType::Diamond];
                marker.set_type(forms[index % forms.len()]).set_size(6).set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
                series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(2))).set_marker(&marker);
            }
        }
    }
    let title = line(&chart.title);
    // The library takes a title such as `=Sheet!A1` for a reference; words are wanted.
    let words = title.trim_start_matches('=').replace('!', "! ");
    drawn.title().set_name(words.as_str()).set_font(ChartFont::new().set_size(12).set_bold());
    drawn.set_alt_text(title).set_width(SIZE.0).set_height(SIZE.1);
    let grid = ChartLine::new().set_color(Color::RGB(GRID)).clone();
    // In a chart of bars the values run along the horizontal axis.
    let values = match chart.form {
        ChartForm::Bars => {
            // Bars are drawn from the bottom; people read from the top.
            drawn.y_axis().set_reverse().set_major_gridlines(false);
            drawn.x_axis().set_label_position(ChartAxisLabelPosition::High)
        }
        ChartForm::Radar => drawn.y_axis(),
    };
    if let Some(most) = chart.most {
        values.set_max(most);
    }
    values.set_min(0).set_major_gridlines(true).set_major_gridlines_line(&grid);
    if chart.values.len() > 1 {
        drawn.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        drawn.legend().set_hidden();
    }
    drawn
}
