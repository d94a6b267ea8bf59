package interurban;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenFilterFactory;

/** "elision" with Lucene's own French articles, which are also the default of the production filter. */
@NamedComponent("elision")
public class ElisionFilterFactory implements TokenFilterFactory {
    @Override
    public TokenStream create(TokenStream input) {
        return new ElisionFilter(input, FrenchAnalyzer.DEFAULT_ARTICLES);
    }
}
