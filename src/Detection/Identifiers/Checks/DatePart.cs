using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>A date inside a value, which the calendar must have.</summary>
internal static class DatePart
{
    /// <param name="start">Where it begins in the value.</param>
    /// <param name="format">Letters <c>y</c>, <c>m</c>, <c>d</c> in the order of the digits; other letters stand for digits that don't count.</param>
    /// <param name="monthOffsets">Numbers that issuers add to the month (century, sex); tried beside 0.</param>
    /// <param name="dayOffsets">The same for the day.</param>
    public static Check Parse(int start, string format, string? monthOffsets, string? dayOffsets)
    {
        var months = Offsets(monthOffsets);
        var days = Offsets(dayOffsets);
        return (v, _) =>
        {
            if (v.Length < start + format.Length)
            {
                return false;
            }

            int year = 0, month = 0, day = 0;
            for (var i = 0; i < format.Length; i++)
            {
                var digit = v[start + i] - '0';
                if (digit is < 0 or > 9)
                {
                    return false;
                }

                switch (format[i])
                {
                    case 'y': year = (year * 10) + digit; break;
                    case 'm': month = (month * 10) + digit; break;
                    case 'd': day = (day * 10) + digit; break;
                    default: break;
                }
            }

            foreach (var m in months)
            {
                foreach (var d in days)
                {
                    if (CalendarDate.Exists(year, month - m, day - d))
                    {
                        return true;
                    }
                }
            }

            return false;
        };
    }

    private static int[] Offsets(string? list) =>
        [0, .. (list ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
}
