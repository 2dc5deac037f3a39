package dev.skerry.app.shop;

import dev.skerry.app.feed.Change;
import dev.skerry.app.feed.FeedTail;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Json;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.CountLine;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.inventory.InventoryEvent.GoodsAdjusted;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.inventory.InventoryEvent.GoodsReceived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.InventoryEvent.GoodsSold;
import dev.skerry.language.inventory.InventoryEvent.GoodsWasted;
import dev.skerry.language.inventory.InventoryEvent.ItemBackInStock;
import dev.skerry.language.inventory.InventoryEvent.ItemRanOut;
import dev.skerry.language.inventory.InventoryEvent.SaleTakenBack;
import dev.skerry.language.inventory.InventoryEvent.ThresholdSet;
import dev.skerry.language.inventory.Movement;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponFreed;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponUsed;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerForgotten;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerSignedUp;
import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.pricing.PricingEvent;
import dev.skerry.language.pricing.PricingEvent.CampaignEnded;
import dev.skerry.language.pricing.PricingEvent.CampaignSet;
import dev.skerry.language.pricing.PricingEvent.LabelsHung;
import dev.skerry.language.pricing.PricingEvent.LabelsSent;
import dev.skerry.language.printing.PrintingEvent;
import dev.skerry.language.printing.PrintingEvent.JobChanged;
import dev.skerry.language.printing.PrintingEvent.JobForgotten;
import dev.skerry.language.printing.PrintingEvent.LetterheadChanged;
import dev.skerry.language.printing.PrintingEvent.PrinterChanged;
import dev.skerry.language.printing.PrintingEvent.PrinterRemoved;
import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.language.staffing.StaffingEvent.AccessRefused;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.language.staffing.StaffingEvent.DeviceLocked;
import dev.skerry.language.staffing.StaffingEvent.DevicePaired;
import dev.skerry.language.staffing.StaffingEvent.DeviceRemoved;
import dev.skerry.language.staffing.StaffingEvent.DeviceRenamed;
import dev.skerry.language.staffing.StaffingEvent.DeviceUnlocked;
import dev.skerry.language.staffing.StaffingEvent.HelperReleased;
import dev.skerry.language.staffing.StaffingEvent.HelperTaken;
import dev.skerry.language.staffing.StaffingEvent.LockOutLifted;
import dev.skerry.language.staffing.StaffingEvent.PairingRefused;
import dev.skerry.language.staffing.StaffingEvent.PinSet;
import dev.skerry.language.staffing.StaffingEvent.RolesChanged;
import dev.skerry.language.staffing.StaffingEvent.SignedOff;
import dev.skerry.language.staffing.StaffingEvent.SignedOn;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the events of one of the store's streams mean to screens.
///
/// @param topics all that they can be about
record Changes(Set<Topic> topics, Function<CloudEvent, List<Change>> meaning)
        implements FeedTail.Meaning {

    static final Changes BASKETS = about(Changes::basket, Topic.BASKETS, Topic.ORDERS);
    static final Changes ORDERS = about(Changes::order, Topic.ORDERS);
    static final Changes PAYMENTS =
            about(Changes::payment, Topic.PAYMENTS, Topic.SHIFTS, Topic.BUSINESS_DAY);
    static final Changes TICKETS = subject(Topic.KITCHEN);
    static final Changes KITCHEN = subject(Topic.EXPO);
    static final Changes AVAILABILITY = subject(Topic.AVAILABILITY);
    static final Changes INVENTORY = of(InventoryEvent.FORM, Changes::stock, Topic.STOCK);
    static final Changes PRICING =
            of(PricingEvent.FORM, Changes::prices, Topic.CAMPAIGNS, Topic.PRICES, Topic.LABELS);
    static final Changes LOYALTY =
            of(LoyaltyEvent.FORM, Changes::loyalty, Topic.CUSTOMERS, Topic.OFFERS);
    static final Changes STAFF =
            of(StaffingEvent.FORM, Changes::staff, Topic.SIGN_ONS, Topic.APPROVALS, Topic.DEVICES);
    static final Changes PRINTING =
            of(PrintingEvent.FORM, Changes::printing, Topic.PRINTING, Topic.PRINTERS);

    Changes {
        topics = Set.copyOf(topics);
    }

    private static Changes about(Function<CloudEvent, List<Change>> meaning, Topic... topics) {
        return new Changes(Set.of(topics), meaning);
    }

    private static Changes subject(Topic topic) {
        return about(it -> List.of(Change.of(topic, it.subject())), topic);
    }

    private static <E> Changes of(
            EventForm<E> form, Function<E, List<Change>> meaning, Topic... topics) {
        return about(it -> form.read(it).map(meaning).orElse(List.of()), topics);
    }

    /// @throws dev.skerry.language.MalformedJsonException if the event cannot be read
    @Override
    public List<Change> of(CloudEvent event) {
        return meaning.apply(event);
    }

    // ---- what only its own context knows the form of

    private record Versioned(long version) {}

    private record BasketData(Versioned basket) {}

    private record VoidData(String order) {}

    private record MoneyData(
            @Nullable String order,
            @Nullable String tender,
            @Nullable String till,
            @Nullable String shift,
            @Nullable String day) {}

    private static <D> D data(CloudEvent event, Class<D> form) {
        String data = event.data();
        return Json.read(data == null ? "{}" : data, form);
    }

    private static List<Change> basket(CloudEvent event) {
        String type = event.type().substring(event.type().lastIndexOf('.') + 1);
        return switch (type) {
            case "BasketChanged" ->
                    List.of(
                            new Change(
                                    Topic.BASKETS,
                                    event.subject(),
                                    data(event, BasketData.class).basket().version()));
            case "BasketClosed" -> List.of(Change.of(Topic.BASKETS, event.subject()));
            case "VoidBegun", "VoidEnded" ->
                    List.of(Change.of(Topic.ORDERS, data(event, VoidData.class).order()));
            // Nothing was sold.
            default -> List.of();
        };
    }

    private static List<Change> order(CloudEvent event) {
        // Nobody ever saw an order of it, and that the basket is gone is told elsewhere.
        return event.type().endsWith(".BasketAbandoned")
                ? List.of()
                : List.of(Change.of(Topic.ORDERS, event.subject()));
    }

    /// About money of an order, or else about a drawer, or else about the day.
    private static List<Change> payment(CloudEvent event) {
        MoneyData data = data(event, MoneyData.class);
        if (data.order() != null || data.tender() != null) {
            return List.of(Change.of(Topic.PAYMENTS, data.order()));
        }
        if (data.shift() != null || data.till() != null) {
            return List.of(Change.of(Topic.SHIFTS, data.shift()));
        }
        return List.of(Change.of(Topic.BUSINESS_DAY, data.day()));
    }

    // ---- what is published

    private static List<Change> stock(InventoryEvent event) {
        Stream<Sku> skus =
                switch (event) {
                    case GoodsSold it -> it.movements().stream().map(Movement::sku);
                    case SaleTakenBack it -> it.movements().stream().map(Movement::sku);
                    case GoodsReceived it -> it.lines().stream().map(StockLine::sku);
                    case GoodsWasted it -> it.movements().stream().map(Movement::sku);
                    case GoodsAdjusted it -> it.movements().stream().map(Movement::sku);
                    case GoodsCounted it -> it.lines().stream().map(CountLine::sku);
                    case GoodsSent it -> it.lines().stream().map(StockLine::sku);
                    case GoodsArrived it -> it.lines().stream().map(StockLine::sku);
                    case ItemRanOut it -> Stream.of(it.sku());
                    case ItemBackInStock it -> Stream.of(it.sku());
                    case ThresholdSet it -> Stream.of(it.sku());
                };
        return skus.distinct().map(it -> Change.of(Topic.STOCK, it.value())).toList();
    }

    private static List<Change> prices(PricingEvent event) {
        return switch (event) {
            case CampaignSet it ->
                    List.of(
                            Change.of(Topic.CAMPAIGNS, it.campaign().id()),
                            Change.all(Topic.PRICES));
            case CampaignEnded it ->
                    List.of(Change.of(Topic.CAMPAIGNS, it.campaign()), Change.all(Topic.PRICES));
            case LabelsSent it -> List.of(Change.of(Topic.LABELS, it.batch()));
            // A price may wait for its label.
            case LabelsHung it ->
                    List.of(Change.of(Topic.LABELS, it.batch()), Change.all(Topic.PRICES));
        };
    }

    private static List<Change> loyalty(LoyaltyEvent event) {
        return switch (event) {
            case CustomerSignedUp _, CustomerForgotten _, PointsBooked _ ->
                    List.of(Change.of(Topic.CUSTOMERS, event.about()));
            case CouponUsed _, CouponFreed _ -> List.of(Change.of(Topic.OFFERS, event.about()));
        };
    }

    private static List<Change> staff(StaffingEvent event) {
        return switch (event) {
            case SignedOn it -> List.of(Change.of(Topic.SIGN_ONS, it.device()));
            case SignedOff it -> List.of(Change.of(Topic.SIGN_ONS, it.device()));
            case DeviceLocked it -> List.of(Change.of(Topic.SIGN_ONS, it.device()));
            case DeviceUnlocked it -> List.of(Change.of(Topic.SIGN_ONS, it.device()));
            case RolesChanged it -> List.of(Change.of(Topic.SIGN_ONS, it.device()));
            case AccessRefused it -> List.of(Change.of(Topic.SIGN_ONS, it.device()));
            case ActionApproved it -> List.of(Change.of(Topic.APPROVALS, it.device()));
            case PinSet _, HelperTaken _, HelperReleased _ -> List.of(Change.all(Topic.PEOPLE));
            case LockOutLifted it ->
                    List.of(
                            it.device() == null
                                    ? Change.all(Topic.PEOPLE)
                                    : Change.of(Topic.DEVICES, it.device()));
            case DevicePaired it -> List.of(Change.of(Topic.DEVICES, it.device()));
            case PairingRefused it -> List.of(Change.of(Topic.DEVICES, it.device()));
            case DeviceRenamed it ->
                    List.of(
                            Change.of(Topic.DEVICES, it.device()),
                            Change.of(Topic.DEVICES, it.to()));
            case DeviceRemoved it -> List.of(Change.of(Topic.DEVICES, it.device()));
        };
    }

    private static List<Change> printing(PrintingEvent event) {
        return switch (event) {
            case JobChanged it -> List.of(Change.of(Topic.PRINTING, it.job().id()));
            case JobForgotten it -> List.of(Change.of(Topic.PRINTING, it.id()));
            case PrinterChanged it -> List.of(Change.of(Topic.PRINTERS, it.printer().id()));
            case PrinterRemoved it -> List.of(Change.of(Topic.PRINTERS, it.id()));
            case LetterheadChanged _ -> List.of(Change.all(Topic.PRINTERS));
        };
    }
}
