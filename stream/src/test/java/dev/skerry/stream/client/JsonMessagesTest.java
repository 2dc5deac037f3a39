package dev.skerry.stream.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.stream.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessagesTest {

    private static final String ARRAY =
            " [ {\"a\" : [1, {\"]\":\"}\\\"\\\\\"}]} ,\n[[1,2],[]], \"é,[\", -1.5e+3,true , null ] ";

    @Test
    void messages_are_cut_out_as_they_stand() throws MalformedException {
        assertEquals(
                List.of(
                        "{\"a\" : [1, {\"]\":\"}\\\"\\\\\"}]}",
                        "[[1,2],[]]",
                        "\"é,[\"",
                        "-1.5e+3",
                        "true",
                        "null"),
                texts(ARRAY));
    }

    @Test
    void an_empty_array_has_no_messages() throws MalformedException {
        assertEquals(List.of(), texts(" [ ] "));
    }

    @Test
    void a_value_that_is_no_array_is_one_message() throws MalformedException {
        assertEquals(List.of("{\"a\":1}"), texts("{\"a\":1}\n"));
    }

    @Test
    void joining_and_splitting_gives_the_same_messages() throws MalformedException {
        List<Bytes> messages = List.of(Bytes.of("[1]"), Bytes.of("{}"), Bytes.of("\"x\""));
        assertEquals("[[1],{},\"x\"]", JsonMessages.join(messages).text());
        assertEquals(messages, JsonMessages.split(JsonMessages.join(messages)));
    }

    @Test
    void a_cut_off_array_is_refused_wherever_it_was_cut() {
        String array = ARRAY.strip();
        for (int length = 0; length < array.length(); length++) {
            String cut = array.substring(0, length);
            assertThrows(MalformedException.class, () -> texts(cut), cut);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1 2]", "[,1]", "[1,]", "[1]]", "[1] 2", "]", "[}", "<html></html>"})
    void what_is_no_array_of_messages_is_refused(String text) {
        assertThrows(MalformedException.class, () -> texts(text));
    }

    private static List<String> texts(String json) throws MalformedException {
        byte[] around = ("##" + json + "##").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return JsonMessages.split(new Bytes(around, 2, around.length - 4)).stream()
                .map(Bytes::text)
                .toList();
    }
}
