package ai.qenex.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows under a head, as Markdown with aligned columns. */
public final class MarkdownTable {

  private final List<List<String>> rows = new ArrayList<>();

  public MarkdownTable(String... head) {
    rows.add(List.of(head));
  }

  /** @throws IllegalArgumentException if there are not as many cells as columns */
  public MarkdownTable row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("a row has " + rows.get(0).size() + " cells");
    }
    rows.add(List.of(cells).stream().map(cell -> cell.replace("|", "\\|")).toList());
    return this;
  }

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Math.max(3, row.get(i).length()));
      }
    }
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(line(rows.get(0).stream().map(cell -> "").toList(), widths).replace(' ', '-'));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> cells, int[] widths) {
    var padded = new ArrayList<String>();
    for (int i = 0; i < widths.length; i++) {
      padded.add(" " + cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()) + " ");
    }
    return padded.stream().collect(Collectors.joining("|", "|", "|"));
  }
}
