namespace EdgeFilter.Detection.Checksums;

/// <summary>Dates inside identifiers: only whether the calendar has such a day.</summary>
internal static class CalendarDate
{
    /// <summary>True when the day exists. Years of two digits are read as 20xx, the leap-year rule of which suits 19xx but for 1900.</summary>
    public static bool Exists(int year, int month, int day)
    {
        if (month is < 1 or > 12 || day < 1)
        {
            return false;
        }

        if (month == 2)
        {
            var leap = year % 4 == 0 && (year < 100 || year % 100 != 0 || year % 400 == 0);
            return day <= (leap ? 29 : 28);
        }

        return day <= (month is 4 or 6 or 9 or 11 ? 30 : 31);
    }
}
