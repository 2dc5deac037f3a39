package dev.skerry.hq.sales;

import dev.skerry.hq.sales.PosLog.LineItem;
import dev.skerry.hq.sales.PosLog.Transaction;
import dev.skerry.language.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Transactions as the lines of a file for spreadsheets and warehouses: RFC 4180, UTF-8, one row a line item. Pure.
final class SalesCsv {

    static final String HEAD =
            "store,till,business_day,sequence,receipt,transaction,at,operator,line,kind,voided,sku,name,department,quantity,unit,unit_price,gross,discount,net,tax_group,currency,taken_back\r\n";

    private SalesCsv() {}

    /// @param takenBack the whole transaction was voided afterwards
    static String rows(Transaction it, boolean takenBack) {
        return it.lineItems().stream()
                .map(line -> row(it, line, takenBack))
                .collect(Collectors.joining());
    }

    private static String row(Transaction it, LineItem line, boolean takenBack) {
        Money discount = line.grossAmount().minus(line.extendedAmount());
        return Stream.of(
                                it.retailStoreId(),
                                it.workstationId(),
                                it.businessDayDate().toString(),
                                String.valueOf(it.sequenceNumber()),
                                it.receiptNumber(),
                                it.transactionId(),
                                it.endDateTime().toString(),
                                it.operatorId(),
                                line.sequenceNumber(),
                                line.kind().name(),
                                String.valueOf(line.voidFlag()),
                                line.itemId(),
                                line.description(),
                                line.merchandiseHierarchy(),
                                BigDecimal.valueOf(line.quantity().thousandths(), 3)
                                        .stripTrailingZeros()
                                        .toPlainString(),
                                line.unitOfMeasureCode(),
                                PosLogXml.decimal(line.regularSalesUnitPrice()),
                                PosLogXml.decimal(line.grossAmount()),
                                PosLogXml.decimal(discount),
                                PosLogXml.decimal(line.extendedAmount()),
                                line.taxGroupId(),
                                it.currencyCode(),
                                String.valueOf(takenBack))
                        .map(SalesCsv::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static final List<String> FORMULAS = List.of("=", "@", "\t");

    /// Text that a spreadsheet would take for a formula is told to be text.
    private static String cell(String value) {
        String safe = FORMULAS.stream().anyMatch(value::startsWith) ? "'" + value : value;
        return safe.chars().anyMatch(it -> it == ',' || it == '"' || it == '\n' || it == '\r')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
