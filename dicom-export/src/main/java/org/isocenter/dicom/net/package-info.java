/** DICOM's own network protocol: associations (PS3.8) and the messages on them (PS3.7), as requestor and as acceptor. */
package org.isocenter.dicom.net;
