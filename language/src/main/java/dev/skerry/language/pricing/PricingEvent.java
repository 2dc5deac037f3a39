package dev.skerry.language.pricing;

import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Sku;
import java.time.Instant;
import java.util.List;

/// What a store has done to its prices; its stream is `store-…/pricing`.
public sealed interface PricingEvent {

    EventForm<PricingEvent> FORM = new EventForm<>("dev.skerry.pricing.", PricingEvent.class);

    /// A campaign is new, or is not as it was.
    record CampaignSet(Campaign campaign, String by) implements PricingEvent {}

    /// It ends before its time.
    record CampaignEnded(String campaign, String by) implements PricingEvent {}

    /// Labels were printed, or sent to electronic shelf labels; they do not hang yet.
    record LabelsSent(String batch, List<Label> labels, String by) implements PricingEvent {
        public LabelsSent {
            labels = List.copyOf(labels);
        }
    }

    /// The labels of a batch hang at their shelves.
    record LabelsHung(String batch, List<Sku> skus, Instant at, String by) implements PricingEvent {
        public LabelsHung {
            skus = List.copyOf(skus);
        }
    }

    /// What stands at a shelf.
    record Label(Sku sku, String name, Money price) {}
}
