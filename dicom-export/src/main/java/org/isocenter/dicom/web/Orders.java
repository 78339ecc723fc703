package org.isocenter.dicom.web;

import java.util.List;

/**
 * What a server answered about orders.
 *
 * @param notes for the user: orders that could not be read, or that there are more
 */
public record Orders(List<Order> orders, List<String> notes) {
    public Orders {
        orders = List.copyOf(orders);
        notes = List.copyOf(notes);
    }
}
