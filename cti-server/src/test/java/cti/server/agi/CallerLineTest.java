package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.command.AgiCommand;
import org.asteriskjava.fastagi.command.SetVariableCommand;
import org.asteriskjava.fastagi.reply.AgiReply;
import org.junit.jupiter.api.Test;

/** What is sent for variables; that it works is seen on the real gateway. */
class CallerLineTest {
  private final List<String> sent = new ArrayList<>();

  private final AgiReply reply =
      (AgiReply)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {AgiReply.class},
              (proxy, method, arguments) -> method.getReturnType() == int.class ? 0 : null);

  private final CallerLine line =
      new CallerLine(
          (AgiChannel)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {AgiChannel.class},
                  (proxy, method, arguments) -> {
                    sent.add(((AgiCommand) arguments[0]).buildCommand());
                    return reply;
                  }),
          System::nanoTime);

  private static SequencedMap<String, String> variables(String queue) {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("CTI_QUEUE", queue);
    variables.put("CTI_RESUME", "hotline/desk%2Bqueue/gz/");
    variables.put("CTI_ACTION", "queue");
    return variables;
  }

  @Test
  void severalVariablesAreOneCommand() throws AgiException {
    line.setVariables(variables("cti-gz"));
    assertEquals(
        List.of(
            "EXEC \"MSet\""
                + " \"CTI_QUEUE=cti-gz,CTI_RESUME=hotline/desk%2Bqueue/gz/,CTI_ACTION=queue\""),
        sent);
  }

  @Test
  void aValueThatCannotStandInAListIsSetByItself() throws AgiException {
    for (String queue : List.of("a,b", "a\"b", "a\\b", "a b", "${X}", "服务台", "(a")) {
      sent.clear();
      line.setVariables(variables(queue));
      assertEquals(3, sent.size(), queue);
      assertEquals("SET VARIABLE \"CTI_ACTION\" \"queue\"", sent.getLast(), queue);
    }
  }

  @Test
  void wordsAreQuotedAsAsteriskJavaDoes() throws AgiException {
    for (String value : List.of("", "queue", "a\"b", "a\\b", "\\", "two\nlines", "服务台 1")) {
      sent.clear();
      line.setVariable("CTI_QUEUE", value);
      assertEquals(List.of(new SetVariableCommand("CTI_QUEUE", value).buildCommand()), sent, value);
    }
  }
}
