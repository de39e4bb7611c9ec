/** Whose public holidays can be days off. */
export const holidayCountries = ["VN", "LA"] as const;
