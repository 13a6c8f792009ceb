// An item on an upright screen: the lead scrolls away with the article.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

ArticleView {
    id: root

    header: ArticleHeader {
        id: header

        width: root.width
        height: lead.height + tabs.height + Theme.gap3 + Theme.gap2

        function litRectangle(): rect {
            return lead.litRectangle();
        }

        LeadBox {
            id: lead

            width: header.width
            item: root.item
            listening: root.listening
            onItemRequested: (pack, id) => root.itemRequested(pack, id)
        }
        TabStrip {
            id: tabs

            anchors.top: lead.bottom
            anchors.topMargin: Theme.gap3
            width: header.width
            model: root.item.tabs
            open: root.item.openTab
            onChosen: key => {
                const place = root.contentY - root.originY;
                const tabsAtTop = tabs.y - Theme.gap2;
                root.settle(tabs.y - place > root.height * 0.55 ? tabsAtTop : Math.min(place, tabsAtTop));
                root.item.choose(key);
            }
        }
    }
    footer: SourceLine {
        width: root.width
        text: root.item.publisher
    }
}
