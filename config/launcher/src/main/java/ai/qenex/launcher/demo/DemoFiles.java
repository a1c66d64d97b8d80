package ai.qenex.launcher.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The files of {@code config/launcher/src/main/demo}, as they travel in the launcher's jar. All are UTF-8. */
final class DemoFiles {

  private DemoFiles() {}

  /** @param path below {@code demo/}, such as {@code bank/customers.csv} */
  static String text(String path) {
    try (InputStream in = DemoFiles.class.getResourceAsStream("/demo/" + path)) {
      if (in == null) {
        throw new DemoFaultException("the launcher was built without its file demo/" + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Properties properties(String path) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** The rows of a CSV file by column name. */
  static List<Map<String, String>> table(String path) {
    return rows(path, text(path));
  }

  /**
   * Rows of plain CSV: the first line that is no {@code #} comment names the columns; no quoting, so a value holds no
   * comma.
   *
   * @throws DemoFaultException if a row has another number of columns, naming file and line
   */
  static List<Map<String, String>> rows(String path, String csv) {
    List<String> columns = List.of();
    List<Map<String, String>> rows = new ArrayList<>();
    int number = 0;
    for (String line : csv.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> values = List.of(line.split(",", -1));
      if (columns.isEmpty()) {
        columns = values;
      } else if (values.size() == columns.size()) {
        rows.add(row(columns, values));
      } else {
        throw new DemoFaultException("demo/" + path + " line " + number + " has not " + columns.size() + " columns");
      }
    }
    return rows;
  }

  private static Map<String, String> row(List<String> columns, List<String> values) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), values.get(i).strip());
    }
    return row;
  }
}
