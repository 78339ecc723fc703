package org.isocenter.recon.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A group: members by name, in the file's order. Soft and external links are passed over. */
public final class Hdf5Group {
    private static final int MOST_MEMBERS = 10_000;
    private static final int SYMBOL_BYTES = 40;
    private static final int SOFT_LINK = 2;
    private static final int HIGHEST_TREE = 64;
    private static final int NODE_HEADER_BYTES = 24;

    private final FileBytes file;
    private final long address;
    private final String path;
    private final Map<String, Long> members = new LinkedHashMap<>();

    Hdf5Group(FileBytes file, long address, String path) throws IOException {
        this.file = file;
        this.address = address;
        this.path = path;
        ObjectHeader header = new ObjectHeader(file, address, what());
        try {
            readMembers(header);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new Hdf5Exception(what() + " is damaged", e);
        }
    }

    private void readMembers(ObjectHeader header) throws IOException {
        ByteBuffer table = header.find(ObjectHeader.SYMBOL_TABLE);
        if (table != null) {
            symbols(table);
            return;
        }
        for (ByteBuffer link : header.all(ObjectHeader.LINK)) {
            link(link);
        }
        ByteBuffer info = header.find(ObjectHeader.LINK_INFO);
        if (info == null) {
            return;
        }
        int at = 2 + ((info.get(1) & 1) != 0 ? 8 : 0);
        if (info.getLong(at) != FileBytes.NOWHERE) {
            for (ByteBuffer link : new DenseLinks(file, what()).read(info.getLong(at), info.getLong(at + 8))) {
                link(link);
            }
        }
    }

    private String what() {
        return "the group '" + path + "'";
    }

    /** Where it lies in the file: what has the same address is the same group. */
    public long address() {
        return address;
    }

    /** "/" or "/dataset". */
    public String path() {
        return path;
    }

    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** The group of this name, or null when there is none, or it is no group. */
    public Hdf5Group group(String name) throws IOException {
        Long at = members.get(name);
        return at == null || isDataSet(at, name) ? null : new Hdf5Group(file, at, child(name));
    }

    /** The data set of this name, or null when there is none, or it is no data set. */
    public Hdf5DataSet dataSet(String name) throws IOException {
        Long at = members.get(name);
        return at == null || !isDataSet(at, name) ? null : new Hdf5DataSet(file, at, child(name));
    }

    private boolean isDataSet(long at, String name) throws IOException {
        return new ObjectHeader(file, at, "'" + child(name) + "'").find(ObjectHeader.DATASPACE) != null;
    }

    private String child(String name) {
        return path.equals("/") ? "/" + name : path + "/" + name;
    }

    /** A group of the old kind: a B-tree of symbol nodes, and their names in a heap (sections III.A, III.B, III.D). */
    private void symbols(ByteBuffer table) throws IOException {
        ByteBuffer heap = file.block(table.getLong(8), 32, "HEAP", what());
        ByteBuffer names = file.read(heap.getLong(24), heap.getLong(8), what());
        symbolTree(table.getLong(0), HIGHEST_TREE, names, new HashSet<>());
    }

    /** @param height that the tree stays below, so that no damage makes it endless */
    private void symbolTree(long treeAddress, int height, ByteBuffer names, Set<Long> visited) throws IOException {
        if (!visited.add(treeAddress)) {
            throw new Hdf5Exception(what() + " holds itself: the file is damaged");
        }
        ByteBuffer start = file.read(treeAddress, 8, what());
        if (start.getInt(0) == 0x444f4e53) { // "SNOD"
            int count = start.getShort(6) & 0xffff;
            ByteBuffer node = file.read(treeAddress + 8, (long) count * SYMBOL_BYTES, what());
            for (int i = 0; i < count; i++) {
                int at = i * SYMBOL_BYTES;
                if (node.getInt(at + 16) != SOFT_LINK) {
                    put(text(names, node.getLong(at)), node.getLong(at + 8));
                }
            }
            return;
        }
        start = file.block(treeAddress, NODE_HEADER_BYTES, "TREE", what());
        int count = start.getShort(6) & 0xffff;
        int level = start.get(5) & 0xff;
        if (start.get(4) != 0 || level >= height) {
            throw Hdf5Exception.damaged(what());
        }
        ByteBuffer entries = file.read(treeAddress + NODE_HEADER_BYTES, count * 16L + 8, what());
        for (int i = 0; i < count; i++) {
            symbolTree(entries.getLong(16 * i + 8), level, names, visited);
        }
    }

    private String text(ByteBuffer names, long at) throws Hdf5Exception {
        if (at < 0 || at >= names.capacity()) {
            throw Hdf5Exception.damaged(what());
        }
        int end = (int) at;
        while (end < names.capacity() && names.get(end) != 0) {
            end++;
        }
        return StandardCharsets.UTF_8
                .decode(names.slice((int) at, end - (int) at))
                .toString();
    }

    /** A link message (section IV.A.2.g). */
    private void link(ByteBuffer message) throws Hdf5Exception {
        int flags = message.get(1);
        int at = 2;
        int type = (flags & 8) != 0 ? message.get(at++) : 0;
        at += (flags & 4) != 0 ? 8 : 0;
        at += (flags & 16) != 0 ? 1 : 0;
        int lengthBytes = 1 << (flags & 3);
        long length = 0;
        for (int i = lengthBytes - 1; i >= 0; i--) {
            length = length << 8 | message.get(at + i) & 0xff;
        }
        at += lengthBytes;
        if (type == 0) {
            String name = StandardCharsets.UTF_8
                    .decode(message.slice(at, Math.toIntExact(length)))
                    .toString();
            put(name, message.getLong(at + (int) length));
        }
    }

    private void put(String name, long at) throws Hdf5Exception {
        if (members.size() >= MOST_MEMBERS) {
            throw new Hdf5Exception(what() + " has more than " + MOST_MEMBERS + " members");
        }
        members.put(name, at);
    }

    /** The groups in this one, by name. */
    public List<String> groups() throws IOException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Long> member : members.entrySet()) {
            if (!isDataSet(member.getValue(), member.getKey())) {
                found.add(member.getKey());
            }
        }
        return found;
    }
}
