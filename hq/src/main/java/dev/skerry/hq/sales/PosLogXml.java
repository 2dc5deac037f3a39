package dev.skerry.hq.sales;

import dev.skerry.hq.sales.PosLog.LineItem;
import dev.skerry.hq.sales.PosLog.RetailPriceModifier;
import dev.skerry.hq.sales.PosLog.Tax;
import dev.skerry.hq.sales.PosLog.Tender;
import dev.skerry.hq.sales.PosLog.Transaction;
import dev.skerry.hq.sales.PosLog.TransactionLink;
import dev.skerry.language.Money;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// Writes transactions as the XML of POSLog. For one thread, once.
final class PosLogXml {

    static final String NAMESPACE = "http://www.nrf-arts.org/IXRetail/namespace/";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter out;

    private PosLogXml() throws XMLStreamException {
        out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    }

    static String write(List<Transaction> transactions) {
        try {
            PosLogXml xml = new PosLogXml();
            xml.out.writeStartDocument("UTF-8", "1.0");
            xml.out.writeStartElement("POSLog");
            xml.out.writeDefaultNamespace(NAMESPACE);
            for (Transaction one : transactions) {
                xml.transaction(one);
            }
            xml.out.writeEndElement();
            xml.out.writeEndDocument();
            return xml.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text in memory can be written", e);
        }
    }

    private void transaction(Transaction it) throws XMLStreamException {
        out.writeStartElement("Transaction");
        out.writeAttribute("CancelFlag", "false");
        element("RetailStoreID", it.retailStoreId());
        element("WorkstationID", it.workstationId());
        element("SequenceNumber", String.valueOf(it.sequenceNumber()));
        element("BusinessDayDate", it.businessDayDate().toString());
        element("EndDateTime", it.endDateTime().toString());
        element("OperatorID", it.operatorId());
        element("CurrencyCode", it.currencyCode());
        element("ReceiptNumber", it.receiptNumber());
        out.writeStartElement("RetailTransaction");
        out.writeAttribute(
                "TransactionStatus", it.transactionLink() == null ? "Finished" : "PostVoided");
        element("TransactionID", it.transactionId());
        if (it.transactionLink() != null) {
            link(it.transactionLink());
        }
        if (it.customerId() != null) {
            out.writeStartElement("LoyaltyAccount");
            element("LoyaltyID", it.customerId());
            out.writeEndElement();
        }
        for (LineItem item : it.lineItems()) {
            item(item);
        }
        int next = 1;
        for (Tax tax : it.taxes()) {
            tax(tax, "tax-" + next);
            next++;
        }
        next = 1;
        for (Tender tender : it.tenders()) {
            tender(tender, "tender-" + next, next == it.tenders().size() ? it.change() : null);
            next++;
        }
        total("TransactionGrandAmount", it.total());
        total("TransactionTaxAmount", it.taxAmount());
        if (!it.rounding().isZero()) {
            total("TransactionRoundingAmount", it.rounding());
        }
        out.writeEndElement();
        out.writeEndElement();
    }

    private void link(TransactionLink it) throws XMLStreamException {
        out.writeStartElement("TransactionLink");
        out.writeAttribute("ReasonCode", "Voided");
        element("RetailStoreID", it.retailStoreId());
        element("WorkstationID", it.workstationId());
        element("SequenceNumber", String.valueOf(it.sequenceNumber()));
        element("BusinessDayDate", it.businessDayDate().toString());
        element("Reason", it.reasonCode());
        out.writeEndElement();
    }

    private void item(LineItem it) throws XMLStreamException {
        out.writeStartElement("LineItem");
        out.writeAttribute("VoidFlag", String.valueOf(it.voidFlag()));
        element("SequenceNumber", it.sequenceNumber());
        out.writeStartElement(it.kind() == PosLog.Kind.RETURN ? "Return" : "Sale");
        element("ItemID", it.itemId());
        element("MerchandiseHierarchy", it.merchandiseHierarchy());
        element("Description", it.description());
        element("TaxGroupID", it.taxGroupId());
        element("RegularSalesUnitPrice", decimal(it.regularSalesUnitPrice()));
        element("GrossAmount", decimal(it.grossAmount()));
        element("ExtendedAmount", decimal(it.extendedAmount()));
        out.writeStartElement("Quantity");
        out.writeAttribute("UnitOfMeasureCode", it.unitOfMeasureCode());
        out.writeCharacters(
                BigDecimal.valueOf(it.quantity().thousandths(), 3)
                        .stripTrailingZeros()
                        .toPlainString());
        out.writeEndElement();
        for (RetailPriceModifier modifier : it.retailPriceModifiers()) {
            modifier(modifier);
        }
        element("ReturnOf", it.returnOf());
        element("ReasonCode", it.reasonCode());
        out.writeEndElement();
        out.writeEndElement();
    }

    private void modifier(RetailPriceModifier it) throws XMLStreamException {
        out.writeStartElement("RetailPriceModifier");
        out.writeAttribute("MethodCode", it.methodCode());
        out.writeStartElement("Amount");
        out.writeAttribute("Action", it.amount().minor() < 0 ? "Add" : "Subtract");
        out.writeCharacters(decimal(it.amount().minor() < 0 ? it.amount().negated() : it.amount()));
        out.writeEndElement();
        element("PromotionID", it.promotionId());
        element("Description", it.description());
        element("ReasonCode", it.reasonCode());
        out.writeEndElement();
    }

    private void tax(Tax it, String number) throws XMLStreamException {
        out.writeStartElement("LineItem");
        element("SequenceNumber", number);
        out.writeStartElement("Tax");
        element("TaxGroupID", it.taxGroupId());
        element("TaxableAmount", decimal(it.taxableAmount()));
        element("Amount", decimal(it.amount()));
        element("Percent", it.percent().toString().replaceAll("[ %]", ""));
        out.writeEndElement();
        out.writeEndElement();
    }

    /// @param change given back for it; null if this is not the last
    private void tender(Tender it, String number, @Nullable Money change)
            throws XMLStreamException {
        out.writeStartElement("LineItem");
        element("SequenceNumber", number);
        out.writeStartElement("Tender");
        out.writeAttribute("TenderType", it.tenderType());
        element("Amount", decimal(it.amount()));
        element("Description", it.description());
        if (change != null && !change.isZero()) {
            out.writeStartElement("TenderChange");
            element("Amount", decimal(change));
            out.writeEndElement();
        }
        out.writeEndElement();
        out.writeEndElement();
    }

    private void total(String type, Money amount) throws XMLStreamException {
        out.writeStartElement("Total");
        out.writeAttribute("TotalType", type);
        out.writeCharacters(decimal(amount));
        out.writeEndElement();
    }

    private void element(String name, @Nullable String value) throws XMLStreamException {
        if (value != null && !value.isEmpty()) {
            out.writeStartElement(name);
            out.writeCharacters(allowed(value));
            out.writeEndElement();
        }
    }

    /// What XML 1.0 cannot hold is left out: control characters, which a name that was scanned may have.
    private static String allowed(String value) {
        return value.codePoints()
                .filter(it ->
                        it == '\t'
                                || it == '\n'
                                || (it >= 0x20 && it <= 0xD7FF)
                                || (it >= 0xE000 && it <= 0xFFFD)
                                || it >= 0x10000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Such as `4.61`.
    static String decimal(Money money) {
        return BigDecimal.valueOf(money.minor(), money.currency().getDefaultFractionDigits())
                .toPlainString();
    }
}
