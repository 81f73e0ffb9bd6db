using System.Globalization;
using System.Text;

namespace EdgeFilter.Detection.Classifiers.Evaluation;

/// <summary>Draws how often texts of a score are positive, beside the diagonal on which a calibrated model would lie.</summary>
public static class ReliabilityPlot
{
    private const int Size = 300;
    private const int Margin = 40;

    /// <param name="title">Model and label. It is escaped.</param>
    /// <param name="metrics">Whose bins are drawn; the larger the bin, the larger its dot.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(string title, ClassifierMetrics metrics)
    {
        var svg = new StringBuilder();
        var total = Math.Max(1, metrics.Positives + metrics.Negatives);
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Size + (2 * Margin)}\" height=\"{Size + (2 * Margin)}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"24\">{System.Security.SecurityElement.Escape(title)}: calibration error {metrics.CalibrationError:0.000}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Margin}\" y=\"{Margin}\" width=\"{Size}\" height=\"{Size}\" fill=\"none\" stroke=\"#888\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(1)}\" y2=\"{Y(1)}\" stroke=\"#bbb\" stroke-dasharray=\"4\"/>");
        foreach (var (count, score, rate) in metrics.Reliability.Where(b => b.Count > 0))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(score):0.#}\" cy=\"{Y(rate):0.#}\" r=\"{3 + (9 * Math.Sqrt((double)count / total)):0.#}\" fill=\"#2563eb\" fill-opacity=\"0.7\"><title>{count} texts, score {score:0.00}, {rate:0.00} positive</title></circle>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin + (Size / 2)}\" y=\"{Size + (2 * Margin) - 10}\" text-anchor=\"middle\">score</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"14\" y=\"{Margin + (Size / 2)}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {Margin + (Size / 2)})\">part that is positive</text></svg>");
        return svg.ToString();
    }

    private static double X(double value) => Margin + (value * Size);

    private static double Y(double value) => Margin + ((1 - value) * Size);
}
