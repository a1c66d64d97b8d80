package ai.qenex.batch.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Named;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The job's XML names the steps and artifacts that exist; a container would notice only at run time. */
class EndOfDayJobTest {

  @Test
  void stepsFollowEachOtherAsTheyAreDeclared() throws Exception {
    NodeList steps = job().getElementsByTagName("step");
    var ids = new ArrayList<String>();
    for (int i = 0; i < steps.getLength(); i++) {
      Element step = (Element) steps.item(i);
      ids.add(step.getAttribute("id"));
      String next = i + 1 < steps.getLength() ? ((Element) steps.item(i + 1)).getAttribute("id") : "";
      assertEquals(next, step.getAttribute("next"));
    }
    assertEquals(Stream.of(EndOfDayStep.values()).map(EndOfDayStep::id).toList(), ids);
  }

  @Test
  void artifactsExistUnderTheirNames() throws Exception {
    Set<String> known =
        Stream.of(EndOfDayBatchlet.class, StatementParts.class, AccountsWithStatement.class, StatementDrawer.class)
            .map(artifact -> artifact.getAnnotation(Named.class).value()).collect(Collectors.toSet());
    for (String kind : List.of("batchlet", "reader", "writer", "mapper")) {
      NodeList artifacts = job().getElementsByTagName(kind);
      assertTrue(artifacts.getLength() > 0, kind);
      for (int i = 0; i < artifacts.getLength(); i++) {
        assertTrue(known.contains(((Element) artifacts.item(i)).getAttribute("ref")), kind);
      }
    }
  }

  @Test
  void stepsAreFoundByTheirIds() {
    for (EndOfDayStep step : EndOfDayStep.values()) {
      assertEquals(step, EndOfDayStep.of(step.id()));
    }
  }

  private static Element job() throws Exception {
    try (InputStream xml = EndOfDayJobTest.class.getResourceAsStream("/META-INF/batch-jobs/end-of-day.xml")) {
      return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(xml).getDocumentElement();
    }
  }
}
