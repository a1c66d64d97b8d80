package ai.qenex.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a reader may expect of one file. Every finding is a line {@code path:line: what is wrong and what to do}. */
final class Tidiness {

  static final int MAX_LINES = 450;
  static final int MAX_COLUMNS = 120;
  static final int MAX_METHOD_LINES = 60;

  // Words are spelled with a bracket so that this file does not find itself. In quotes, the third is a currency code.
  private static final Pattern LEFTOVER =
      Pattern.compile("\\bTO[D]O\\b|\\bFIX[M]E\\b|(?<![\"'>])\\bX[X]X\\b(?![\"'<])");
  private static final Pattern SWITCHED_OFF = Pattern.compile("^\\s*@(Disa[b]led|Ign[o]re)\\b");
  private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.}/*])/(work|ro[o]t|ho[m]e|tm[p])/\\w");
  private static final Pattern IMPORT = Pattern.compile("import (?:static )?([\\w.]+)\\.(\\w+|\\*);");
  private static final Pattern ASSERTION = Pattern.compile("\\b(assert|fail|verify|expect|check)\\w*\\s*\\("
      + "|@Property[^;{]*\\bboolean\\b|@ArchTest|\\bextends \\w+(Rules|Test|IT)\\b");
  private static final Pattern CATCHES_ALL = Pattern.compile("\\bcatch \\((final )?(Runtime)?(Exception|Throwable) ");
  private static final Pattern BLOCK_START = Pattern.compile("^ +.*\\)( throws [\\w., ]+)? \\{$");
  private static final Pattern TYPE = Pattern.compile("\\b(record|class|enum|interface) ");
  private static final Pattern TEST_NAME = Pattern.compile(".*(Test|IT|Properties)");

  private Tidiness() {}

  static List<String> findings(SourceFile file) {
    List<String> findings = new ArrayList<>();
    for (int i = 0; i < file.lines().size(); i++) {
      for (String finding : lineFindings(file, file.lines().get(i))) {
        findings.add(file.path() + ":" + (i + 1) + ": " + finding);
      }
    }
    for (String finding : fileFindings(file)) {
      findings.add(file.path() + ": " + finding);
    }
    return findings;
  }

  private static List<String> lineFindings(SourceFile file, String line) {
    List<String> findings = new ArrayList<>();
    if (line.indexOf('\t') >= 0) {
      findings.add("a tab: indent with spaces, write \\t in strings");
    }
    if (!line.isEmpty() && Character.isWhitespace(line.charAt(line.length() - 1))) {
      findings.add("trailing white space");
    }
    if (LEFTOVER.matcher(line).find()) {
      findings.add("a note of unfinished work: finish it, or open an issue");
    }
    if (MACHINE_PATH.matcher(line).find()) {
      findings.add("a path of one machine: use a property, a resource or @TempDir");
    }
    if (file.isJava() || file.isSql()) {
      if (line.codePointCount(0, line.length()) > MAX_COLUMNS && !line.startsWith("import ")) {
        findings.add("longer than " + MAX_COLUMNS + " columns: break it where a reader would pause");
      }
    }
    if (file.isJava() && file.isTest() && SWITCHED_OFF.matcher(line).find()) {
      findings.add("a test that does not run: mend it or delete it");
    }
    return findings;
  }

  private static List<String> fileFindings(SourceFile file) {
    List<String> findings = new ArrayList<>();
    if ((file.isJava() || file.isSql()) && file.lines().size() > MAX_LINES) {
      findings.add(
          file.lines().size() + " lines, more than " + MAX_LINES + ": find the second idea in it and give it a file");
    }
    if (file.isJava()) {
      importFindings(file, findings);
      catchFindings(file, findings);
      methodFindings(file, findings);
      if (file.isTest() && TEST_NAME.matcher(file.simpleName()).matches() && !ASSERTION.matcher(file.text()).find()) {
        findings.add("a test without an assertion: state the fact it proves");
      }
    }
    return findings;
  }

  private static void catchFindings(SourceFile file, List<String> findings) {
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size() && !file.isTest(); i++) {
      if (CATCHES_ALL.matcher(lines.get(i)).find() && !lines.get(i).contains("//")
          && (i + 1 == lines.size() || !lines.get(i + 1).contains("//"))) {
        findings.add("line " + (i + 1) + " catches everything: name the exception, or say in a // comment there whose"
            + " boundary this is");
      }
    }
  }

  private static void methodFindings(SourceFile file, List<String> findings) {
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size() && !file.isTest(); i++) {
      if (!BLOCK_START.matcher(lines.get(i)).matches()) {
        continue;
      }
      String header = lines.get(headerOf(lines, i));
      if (TYPE.matcher(header).find()) {
        continue;
      }
      String end = " ".repeat(header.length() - header.stripLeading().length()) + "}";
      int length = lines.subList(i, lines.size()).indexOf(end) - 1;
      if (length > MAX_METHOD_LINES) {
        findings.add("line " + (i + 1) + " begins a block of " + length + " lines, more than " + MAX_METHOD_LINES
            + ": give its steps names");
      }
    }
  }

  /** The line on which the parenthesis opens that closes on the given one. */
  private static int headerOf(List<String> lines, int closing) {
    int open = 0;
    for (int i = closing; i >= 0; i--) {
      String code = lines.get(i).replaceAll("\"[^\"]*\"", "");
      open += code.chars().map(c -> c == ')' ? 1 : c == '(' ? -1 : 0).sum();
      if (open <= 0) {
        return i;
      }
    }
    return closing;
  }

  private static void importFindings(SourceFile file, List<String> findings) {
    String body = file.lines().stream().filter(line -> !line.startsWith("import "))
        .collect(Collectors.joining("\n"));
    for (String line : file.lines()) {
      Matcher found = IMPORT.matcher(line);
      if (!found.matches()) {
        continue;
      }
      String name = found.group(2);
      if (name.equals("*")) {
        findings.add(line + " imports everything: import what you name");
      } else if (!Pattern.compile("\\b" + name + "\\b").matcher(body).find()) {
        findings.add(line + " is not used: remove it");
      }
    }
  }
}
