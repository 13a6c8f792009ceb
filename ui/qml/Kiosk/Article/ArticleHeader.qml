// What may stand above an article: something that can be read aloud too.
import QtQuick

Item {
    // Where the lit part stands, in this item; no height if it is not here.
    function litRectangle(): rect {
        return Qt.rect(0, 0, 0, 0);
    }
}
