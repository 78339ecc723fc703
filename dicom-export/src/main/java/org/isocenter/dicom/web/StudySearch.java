package org.isocenter.dicom.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;

/** One search, page by page (PS3.18 10.6.1 and 8.3.4). A server that repeats itself ends it. One thread at a time. */
final class StudySearch {
    static final int PAGE = 200;
    private static final int MAX_PAGES = 10_000;

    private final WebConnection connection;
    private final int page;
    private final int most;
    /** Whether the latest reply said that there is more (PS3.18 8.3.4.4). */
    private boolean truncated;

    /**
     * @param page how many are asked for at a time
     * @param most how many at all
     */
    StudySearch(WebConnection connection, int page, int most) {
        this.connection = connection;
        this.page = Math.min(page, most);
        this.most = most;
    }

    Found run(QueryLevel level, DicomPath within, Attributes keys, List<Integer> includes) throws IOException {
        String path = (within == null ? "" : within.text()) + level.path() + query(keys, includes);
        List<Attributes> matches = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            List<Attributes> more = ask(path + "&offset=" + matches.size());
            int before = matches.size();
            for (Attributes match : more) {
                String uid = match.getString(level.uidTag());
                if (uid == null || seen.add(uid)) {
                    matches.add(match);
                }
            }
            if (more.size() != page && !truncated) {
                // The last page; or all at once, from a server that knows no pages.
                return new Found(matches.subList(0, Math.min(most, matches.size())), matches.size() <= most);
            }
            if (matches.size() >= most) {
                return new Found(matches.subList(0, most), false);
            }
            if (matches.size() == before) {
                // It begins anew instead of going on.
                return new Found(matches, false);
            }
        }
        return new Found(matches, false);
    }

    private List<Attributes> ask(String path) throws IOException {
        WebConnection.Call call = WebConnection.Call.get(connection.uri(path), DicomWebClient.JSON);
        try (WebConnection.Reply reply = connection.sendForSuccess(call)) {
            String warning = reply.header("Warning");
            truncated = warning != null && warning.strip().startsWith("299");
            return reply.status() == 204 ? List.of() : DicomWebClient.readJson(connection, reply);
        }
    }

    private String query(Attributes keys, List<Integer> includes) {
        StringBuilder query = new StringBuilder("?limit=" + page);
        for (int tag : keys.tags()) {
            String[] values = keys.getStrings(tag);
            if (tag != Tag.SpecificCharacterSet && values.length > 0) {
                String value = String.join(tag == Tag.StudyInstanceUID ? "," : "\\", values);
                query.append('&').append(name(tag)).append('=').append(encoded(value));
            }
        }
        includes.forEach(tag -> query.append("&includefield=").append(name(tag)));
        return query.toString();
    }

    private static String name(int tag) {
        return String.format(Locale.ROOT, "%08X", tag);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
