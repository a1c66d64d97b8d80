package ai.qenex.quality;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Calls that are almost always a mistake in a bank, each with what to write instead. */
@AnalyzeClasses(locations = ThisModule.Production.class)
final class CallRules {

  @ArchTest static final ArchRule EXACT_NUMBERS = noClasses()
      .should()
      .accessTargetWhere(Calls.to("java.math.BigDecimal.<init>(double*)", "java.math.BigDecimal.valueOf(double)"))
      .because("a double is not the decimal it prints: use new BigDecimal(String) or kernel's Amount");

  @ArchTest static final ArchRule EXACT_MONEY = noFields()
      .that().areDeclaredInClassesThat(Contexts.moneyCore())
      .should().haveRawType(Predicates.type(double.class).or(Predicates.type(Double.class))
          .or(Predicates.type(float.class)).or(Predicates.type(Float.class)).as("double or float"))
      .because("floating point loses cents: use kernel's Amount or Money, and BigDecimal for rates");

  @ArchTest static final ArchRule NO_CLOCK_IN_CORE = noClasses().that(Contexts.core())
      .should()
      .accessTargetWhere(Calls.to("java.time.*.now()", "java.time.*.now(java.time.ZoneId)", "java.time.Clock.system*",
          "java.time.Clock.tick*(java.time.ZoneId)", "java.time.InstantSource.system()",
          "java.lang.System.currentTimeMillis()",
          "java.lang.System.nanoTime()", "java.util.Date.<init>()", "java.util.Calendar.getInstance*"))
      .because(
          "a rule that reads the clock cannot be replayed: take an InstantSource or the business date as an argument");

  @ArchTest static final ArchRule NO_CHANCE_IN_CORE = noClasses().that(Contexts.core())
      .should()
      .accessTargetWhere(Calls.to("java.util.Random.<init>()", "java.lang.Math.random()", "java.util.UUID.randomUUID()",
          "java.security.SecureRandom.*", "java.util.concurrent.ThreadLocalRandom.current()",
          "java.util.random.RandomGenerator.getDefault()"))
      .because(
          "a rule that throws dice cannot be replayed: take a RandomGenerator or a seed as an argument");

  @ArchTest static final ArchRule PRIMITIVES_AT_ONE_PLACE = noClasses().that(not(Contexts.primitives()))
      .should()
      .accessTargetWhere(Calls.to("java.security.Signature.getInstance*", "javax.crypto.Cipher.getInstance*",
          "javax.crypto.Mac.getInstance*", "javax.crypto.KeyAgreement.getInstance*",
          "javax.crypto.KeyGenerator.getInstance*", "java.security.KeyPairGenerator.getInstance*",
          "org.bouncycastle.*"))
      .because(
          "a primitive that is called anywhere cannot be exchanged everywhere: call ai.qenex.security.KeyService or,"
              + " within security, ai.qenex.security.crypto");

  @ArchTest static final ArchRule NO_CONSOLE = noClasses().that(not(Contexts.in("launcher", "verifier", "benchmark")))
      .should().accessTargetWhere(Calls.to("java.lang.System.out", "java.lang.System.err"))
      .because("nobody reads a server's console: use System.Logger, or return the text to the caller");

  @ArchTest static final ArchRule NO_STACK_TRACES = noClasses()
      .should().accessTargetWhere(Calls.to("*.printStackTrace(*)"))
      .because(
          "a printed stack trace reaches nobody: throw QenexException with the cause, or log through System.Logger");

  @ArchTest static final ArchRule NO_EXIT = noClasses().that(not(Contexts.in("launcher", "verifier", "benchmark")))
      .should()
      .accessTargetWhere(Calls.to("java.lang.System.exit(*)", "java.lang.Runtime.halt(*)", "java.lang.Runtime.exit(*)"))
      .because("a server is stopped by its operator: throw QenexException");

  @ArchTest static final ArchRule NAMED_CHARSETS = noClasses()
      .should().accessTargetWhere(Calls.to("java.lang.String.<init>([B)", "java.lang.String.<init>([B, int, int)",
          "java.lang.String.getBytes()", "java.io.InputStreamReader.<init>(java.io.InputStream)",
          "java.io.OutputStreamWriter.<init>(java.io.OutputStream)", "java.io.FileReader.<init>(java.lang.String)",
          "java.io.FileReader.<init>(java.io.File)", "java.io.FileWriter.<init>(java.lang.String)",
          "java.io.FileWriter.<init>(java.io.File)", "java.io.FileWriter.<init>(*, boolean)",
          "java.io.PrintStream.<init>(java.io.OutputStream)",
          "java.io.PrintStream.<init>(java.io.OutputStream, boolean)",
          "java.io.PrintWriter.<init>(java.io.OutputStream)",
          "java.io.PrintWriter.<init>(java.io.OutputStream, boolean)",
          "java.io.PrintWriter.<init>(java.lang.String)", "java.io.PrintWriter.<init>(java.io.File)",
          "java.util.Scanner.<init>(java.io.InputStream)", "java.util.Scanner.<init>(java.io.File)",
          "java.util.Scanner.<init>(java.nio.file.Path)", "java.io.ByteArrayOutputStream.toString()"))
      .because(
          "the default charset differs between machines: pass StandardCharsets.UTF_8 or use java.nio.file.Files");

  @ArchTest static final ArchRule NAMED_LOCALES = noClasses()
      .should().accessTargetWhere(Calls.to("java.lang.String.toLowerCase()", "java.lang.String.toUpperCase()"))
      .because("an IBAN in lower case has another i in Turkey: pass Locale.ROOT");
}
