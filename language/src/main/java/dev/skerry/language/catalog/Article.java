package dev.skerry.language.catalog;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Gtin;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a chain sells, or sells something else with: goods, a dish of the menu, an ingredient, a deposit. Immutable.
///
/// @param name for people
/// @param receiptName the same in at most [#RECEIPT_NAME_LENGTH_MAX] characters
/// @param department from the largest to the smallest: Food, Dairy, Milk; at least one, and none with a slash
/// @param size what is in the package, for people: 500 g
/// @param codes what a scanner finds on its packages
/// @param plu a short number that is typed, and that scales print into in-store codes; digits without a leading zero
/// @param unit in what it is counted
/// @param weighed its quantity comes from a scale or from the code, and is not typed as a count
/// @param taxCategory whose rates are in [dev.skerry.language.prices.TaxEvent]
/// @param ageMin how old a customer has to be, in years; null if it does not matter
/// @param deposit what is sold with each unit of it
/// @param discountExempt nothing ever takes anything off its price: deposits, bag fees, gift cards
/// @param returnable a customer may bring it back
/// @param tags lower case, for promotions and searches: organic, own-brand
/// @param allergens as in Annex II of Regulation (EU) 1169/2011, lower case: milk, gluten, nuts
/// @param recipe what one unit of it is made of; empty for what comes as it is
/// @param modifiers what a customer chooses with it
/// @param substitutes what to offer when it ran out, best first
/// @param menu the section of the menu that shows it; null if none does
/// @param station of the kitchen that makes it; null if none does
/// @param picture digest of a blob: `sha256:` and 64 hexadecimal digits
/// @param activeFrom store-local, when its sale begins; null if it has begun
/// @param activeTo store-local, when its sale has ended; null if that is not known
public record Article(
        Sku sku,
        String name,
        String receiptName,
        List<String> department,
        @Nullable String brand,
        @Nullable String size,
        List<Code> codes,
        @Nullable String plu,
        Unit unit,
        boolean weighed,
        String taxCategory,
        @Nullable Integer ageMin,
        @Nullable Deposit deposit,
        boolean discountExempt,
        boolean returnable,
        List<String> tags,
        List<String> allergens,
        List<Ingredient> recipe,
        List<ModifierGroup> modifiers,
        List<Sku> substitutes,
        @Nullable String menu,
        @Nullable String station,
        @Nullable String picture,
        @Nullable LocalDateTime activeFrom,
        @Nullable LocalDateTime activeTo) {

    public static final int NAME_LENGTH_MAX = 200;

    /// As many as an 80 mm receipt has room for beside a price.
    public static final int RECEIPT_NAME_LENGTH_MAX = 32;

    public static final int PLU_DIGITS_MAX = 6;

    /// Groups of options within options, at most so many deep.
    public static final int MODIFIERS_DEPTH_MAX = 4;

    /// A code on a package.
    ///
    /// @param units how many units of the article the package holds: 6 for a pack of six
    public record Code(Gtin gtin, int units) {
        public Code {
            requireNonNull(gtin, "gtin");
            require(units > 0, "a package holds 1 or more, not " + units);
        }
    }

    /// What is sold with an article and comes back: a bottle, a crate.
    ///
    /// @param sku an article of its own, with a price
    /// @param count for each unit
    public record Deposit(Sku sku, int count) {
        public Deposit {
            requireNonNull(sku, "sku");
            require(count > 0, "a deposit is for 1 or more, not " + count);
        }
    }

    /// A part of a recipe.
    ///
    /// @param quantity of the ingredient's unit, for one of what is made; above zero
    /// @param optional it can be made without: when this ran out, it is sold without
    /// @param removable a customer may have it without
    /// @param credit whose price is taken off when it is sold without; null if that changes no price
    public record Ingredient(
            Sku sku, Quantity quantity, boolean optional, boolean removable, @Nullable Sku credit) {
        public Ingredient {
            requireNonNull(sku, "sku");
            require(quantity.isPositive(), "an ingredient has a quantity above 0, not " + quantity);
        }
    }

    /// A choice that belongs to an article.
    ///
    /// @param id unique in the article
    /// @param min how many options have to be chosen
    /// @param max how many may be
    public record ModifierGroup(String id, String name, int min, int max, List<Option> options) {
        public ModifierGroup {
            text("the id of a group", id);
            text("the name of a group", name);
            options = List.copyOf(options);
            require(
                    0 <= min && min <= max && 0 < max,
                    "a group takes from 0 to 1 or more options, not " + min + " to " + max);
        }
    }

    /// One that can be chosen.
    ///
    /// @param id unique in the article
    /// @param sku whose price is added, and whose recipe is used up; null if it costs and uses nothing
    /// @param preselected it is chosen until the customer says otherwise
    /// @param groups what there is to choose with it
    /// @param replaces ingredients of the article that are not used where this is chosen: whole milk, for the oat drink; null if it
    ///     replaces none
    /// @param included its article is a part of this one, as of a combo: the price is contained in the price of this one, and it is
    ///     made, changed and taxed as when it is sold by itself; null stands for false
    public record Option(
            String id,
            String name,
            @Nullable Sku sku,
            boolean preselected,
            List<ModifierGroup> groups,
            @Nullable List<Sku> replaces,
            @Nullable Boolean included) {
        public Option {
            text("the id of an option", id);
            text("the name of an option", name);
            groups = List.copyOf(groups);
            replaces = replaces == null ? null : List.copyOf(replaces);
            require(
                    !Boolean.TRUE.equals(included) || sku != null,
                    "what is included is an article");
        }

        /// One that replaces nothing, and whose price is added.
        public Option(
                String id,
                String name,
                @Nullable Sku sku,
                boolean preselected,
                List<ModifierGroup> groups) {
            this(id, name, sku, preselected, groups, null, null);
        }

        /// The same, in the place of ingredients of the article.
        public Option replacing(Sku... ingredients) {
            return new Option(id, name, sku, preselected, groups, List.of(ingredients), included);
        }

        /// A part of a combo.
        public static Option included(String id, String name, Sku sku, boolean preselected) {
            return new Option(id, name, sku, preselected, List.of(), null, true);
        }

        public boolean partOfCombo() {
            return Boolean.TRUE.equals(included);
        }
    }

    /// @throws IllegalArgumentException saying what is wrong
    public Article {
        requireNonNull(sku, "sku");
        requireNonNull(unit, "unit");
        text("a name", name);
        text("a receipt name", receiptName);
        require(
                receiptName.length() <= RECEIPT_NAME_LENGTH_MAX,
                "a receipt name has at most " + RECEIPT_NAME_LENGTH_MAX + " characters");
        department = List.copyOf(department);
        require(!department.isEmpty(), "an article stands in a department");
        department.forEach(it -> text("a department", it));
        require(
                department.stream().noneMatch(it -> it.contains("/")),
                "a department's name has no slash: that parts them");
        codes = List.copyOf(codes);
        require(plu == null || isPlu(plu), "a PLU has 1 to 6 digits, and begins with none of 0");
        text("a tax category", taxCategory);
        require(ageMin == null || (ageMin > 0 && ageMin < 100), "an age is from 1 to 99 years");
        tags = List.copyOf(tags);
        allergens = List.copyOf(allergens);
        recipe = List.copyOf(recipe);
        modifiers = List.copyOf(modifiers);
        requireUnique(modifiers, new HashSet<>(), MODIFIERS_DEPTH_MAX);
        substitutes = List.copyOf(substitutes);
        require(
                picture == null || picture.matches("sha256:[0-9a-f]{64}"),
                "a picture is named by its digest, sha256: and 64 hexadecimal digits");
        require(
                activeFrom == null || activeTo == null || activeFrom.isBefore(activeTo),
                "its sale ends after it has begun");
    }

    /// Whether [#plu] may be this.
    public static boolean isPlu(String text) {
        return !text.isEmpty()
                && text.length() <= PLU_DIGITS_MAX
                && text.charAt(0) != '0'
                && text.chars().allMatch(it -> it >= '0' && it <= '9');
    }

    /// Whether it is in sale at a store-local time.
    public boolean isActive(LocalDateTime at) {
        return (activeFrom == null || !at.isBefore(activeFrom))
                && (activeTo == null || at.isBefore(activeTo));
    }

    /// The department as one text: Food/Dairy/Milk.
    public String departmentPath() {
        return String.join("/", department);
    }

    /// One to start from: counted in pieces, returnable, and with nothing special.
    public static Draft draft(Sku sku, String name, String taxCategory, String... department) {
        return new Draft(sku, name, taxCategory, List.of(department));
    }

    private static void requireUnique(List<ModifierGroup> groups, Set<String> ids, int depth) {
        require(
                groups.isEmpty() || depth > 0,
                "groups of options are at most " + MODIFIERS_DEPTH_MAX + " deep");
        for (ModifierGroup group : groups) {
            require(ids.add(group.id), "two modifiers have the id " + group.id);
            for (Option option : group.options) {
                require(ids.add(option.id), "two modifiers have the id " + option.id);
                requireUnique(option.groups, ids, depth - 1);
            }
        }
    }

    private static void text(String what, String text) {
        require(
                !text.isBlank() && text.length() <= NAME_LENGTH_MAX,
                what + " has 1 to " + NAME_LENGTH_MAX + " characters");
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /// An article being written. For one thread.
    public static final class Draft {

        private final Sku sku;
        private final String name;
        private final String taxCategory;
        private final List<String> department;
        private String receiptName;
        private @Nullable String brand;
        private @Nullable String size;
        private List<Code> codes = List.of();
        private @Nullable String plu;
        private Unit unit = Unit.PIECE;
        private boolean weighed;
        private @Nullable Integer ageMin;
        private @Nullable Deposit deposit;
        private boolean discountExempt;
        private boolean returnable = true;
        private List<String> tags = List.of();
        private List<String> allergens = List.of();
        private List<Ingredient> recipe = List.of();
        private List<ModifierGroup> modifiers = List.of();
        private List<Sku> substitutes = List.of();
        private @Nullable String menu;
        private @Nullable String station;
        private @Nullable String picture;
        private @Nullable LocalDateTime activeFrom;
        private @Nullable LocalDateTime activeTo;

        Draft(Sku sku, String name, String taxCategory, List<String> department) {
            this.sku = sku;
            this.name = name;
            this.receiptName =
                    name.substring(0, Math.min(name.length(), RECEIPT_NAME_LENGTH_MAX)).strip();
            this.taxCategory = taxCategory;
            this.department = department;
        }

        /// The name's beginning if not said.
        public Draft receiptName(String shorter) {
            this.receiptName = shorter;
            return this;
        }

        public Draft brand(@Nullable String value) {
            this.brand = value;
            return this;
        }

        public Draft size(@Nullable String value) {
            this.size = value;
            return this;
        }

        public Draft codes(List<Code> all) {
            this.codes = all;
            return this;
        }

        /// A package of one.
        public Draft gtin(Gtin gtin) {
            return codes(List.of(new Code(gtin, 1)));
        }

        public Draft plu(@Nullable String number) {
            this.plu = number;
            return this;
        }

        public Draft unit(Unit value) {
            this.unit = value;
            return this;
        }

        /// Sold by weight, in kilograms.
        public Draft weighed() {
            this.unit = Unit.KILOGRAM;
            this.weighed = true;
            return this;
        }

        public Draft ageMin(@Nullable Integer years) {
            this.ageMin = years;
            return this;
        }

        public Draft deposit(Sku what, int count) {
            this.deposit = new Deposit(what, count);
            return this;
        }

        public Draft discountExempt() {
            this.discountExempt = true;
            return this;
        }

        public Draft notReturnable() {
            this.returnable = false;
            return this;
        }

        public Draft tags(List<String> all) {
            this.tags = all;
            return this;
        }

        public Draft allergens(List<String> all) {
            this.allergens = all;
            return this;
        }

        public Draft recipe(List<Ingredient> all) {
            this.recipe = all;
            return this;
        }

        public Draft modifiers(List<ModifierGroup> all) {
            this.modifiers = all;
            return this;
        }

        public Draft substitutes(List<Sku> bestFirst) {
            this.substitutes = bestFirst;
            return this;
        }

        /// Shown in a section of the menu, and made at a station of the kitchen.
        public Draft menu(String section, @Nullable String kitchenStation) {
            this.menu = section;
            this.station = kitchenStation;
            return this;
        }

        public Draft picture(String digest) {
            this.picture = digest;
            return this;
        }

        public Draft active(@Nullable LocalDateTime from, @Nullable LocalDateTime to) {
            this.activeFrom = from;
            this.activeTo = to;
            return this;
        }

        /// @throws IllegalArgumentException as [Article]
        public Article article() {
            return new Article(
                    sku,
                    name,
                    receiptName,
                    department,
                    brand,
                    size,
                    codes,
                    plu,
                    unit,
                    weighed,
                    taxCategory,
                    ageMin,
                    deposit,
                    discountExempt,
                    returnable,
                    tags,
                    allergens,
                    recipe,
                    modifiers,
                    substitutes,
                    menu,
                    station,
                    picture,
                    activeFrom,
                    activeTo);
        }
    }
}
